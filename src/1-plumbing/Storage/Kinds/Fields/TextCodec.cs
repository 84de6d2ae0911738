using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Postern.Kernel.Values;

namespace Postern.Storage.Kinds.Fields;

/// <summary>Texts with their rules: blank, length, slug, e-mail, choices, durations.</summary>
sealed partial class TextCodec(FieldType type) : Codec
{
    public override FieldType Type { get; } = type;

    public bool AllowBlank { get; set; } = true;

    public bool Trim { get; set; } = true;

    public int? MaxLength { get; set; }

    public override FieldLimits Limits => new(MaxLength);

    public Func<string, string?>? Rule { get; set; }

    public override bool TryParse(JsonElement json, out object? value, out string error) => json.ValueKind switch
    {
        JsonValueKind.String => Check(json.GetString()!, out value, out error),
        JsonValueKind.Number => Check(json.GetRawText(), out value, out error),
        _ => Bad("Not a valid string.", out value, out error),
    };

    public override bool TryParse(string text, out object? value, out string error) => Good(text, out value, out error);

    public override void Write(Utf8JsonWriter writer, object value) => writer.WriteStringValue((string)value);

    bool Check(string text, out object? value, out string error)
    {
        if (Trim)
            text = text.Trim();
        if (text.Contains('\0', StringComparison.Ordinal))
            return Bad("Null characters are not allowed.", out value, out error);
        if (text.Length == 0)
            return AllowBlank ? Good(text, out value, out error) : Bad("This field may not be blank.", out value, out error);
        if (text.Length > MaxLength)
            return Bad(string.Create(CultureInfo.InvariantCulture, $"Ensure this field has no more than {MaxLength} characters."), out value, out error);
        if ((Refusal(text) ?? Rule?.Invoke(text)) is { } refusal)
            return Bad(refusal, out value, out error);
        return Good(text, out value, out error);
    }

    string? Refusal(string text) => Type switch
    {
        FieldType.Slug when !SlugPattern().IsMatch(text) => "Enter a valid “slug” consisting of letters, numbers, underscores or hyphens.",
        FieldType.Email when !EmailAddress.IsValid(text) => "Enter a valid email address.",
        FieldType.Duration when !Duration.TryParse(text, out _) => Duration.Refusal(text),
        _ => null,
    };

    [GeneratedRegex("^[-a-zA-Z0-9_]+$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SlugPattern();
}
