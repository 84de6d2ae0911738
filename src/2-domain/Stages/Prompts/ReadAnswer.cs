using System.Globalization;
using System.Text.Json.Nodes;
using Postern.Kernel.Values;

namespace Postern.Stages.Prompts;

/// <summary>Checks one answer against its prompt's type.</summary>
static class ReadAnswer
{
    const int MaxText = 64 * 1024;
    const int MaxFile = 1024 * 1024;

    /// <summary>The value to keep, or what is wrong with the answer. What the server fixes itself is not taken from the answer.</summary>
    public static (object? Value, string? Error) Of(ResolvedPrompt resolved, JsonNode? given)
    {
        var prompt = resolved.Prompt;
        if (prompt.Type.IsFixed() || prompt.Type.IsDisplay())
            return (resolved.HasInitial ? resolved.Initial : prompt.Type is PromptType.Hidden or PromptType.Static ? resolved.Placeholder : "", null);
        if (prompt.Type is PromptType.Checkbox)
            return Checkbox(given);
        if (given is null)
        {
            if (resolved.HasInitial)
                return (resolved.Initial, null);
            return prompt.Required ? (null, "This field is required.") : (Blank(prompt.Type), null);
        }
        if (given is not JsonValue scalar || given.GetValueKind() is System.Text.Json.JsonValueKind.Object or System.Text.Json.JsonValueKind.Array)
            return (null, "Not a valid string.");
        var text = scalar.TryGetValue<string>(out var s) ? s : scalar.ToJsonString();
        if (text.Length > (prompt.Type is PromptType.File ? MaxFile : MaxText))
            return (null, $"Ensure this field has no more than {(prompt.Type is PromptType.File ? MaxFile : MaxText)} characters.");
        if (text.Contains('\0', StringComparison.Ordinal))
            return (null, "Null characters are not allowed.");
        return Typed(resolved, text);
    }

    static (object?, string?) Typed(ResolvedPrompt resolved, string text)
    {
        var prompt = resolved.Prompt;
        // A password is kept to the letter, as it will be at sign-in.
        var trimmed = prompt.Type is PromptType.Text or PromptType.TextArea or PromptType.Password ? text : text.Trim();
        if (string.IsNullOrWhiteSpace(trimmed))
        {
            var mustFill = prompt.Type is PromptType.Username or PromptType.Password || (prompt.Required && prompt.Type is not PromptType.Locale);
            return mustFill ? (null, "This field may not be blank.") : (Blank(prompt.Type), null);
        }
        return prompt.Type switch
        {
            PromptType.Email => EmailAddress.IsValid(trimmed) ? (trimmed, null) : (null, "Enter a valid email address."),
            PromptType.Number => long.TryParse(trimmed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) ? (n, null) : (null, "A valid integer is required."),
            PromptType.Date => DateOnly.TryParseExact(trimmed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? (date, null) : (null, "Date has wrong format. Use one of these formats instead: YYYY-MM-DD."),
            PromptType.DateTime => DateTimeOffset.TryParse(trimmed, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                ? (time, null)
                : (null, "Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z]."),
            PromptType.RadioButtonGroup or PromptType.Dropdown => resolved.Choices!.Any(c => string.Equals(c.Value, trimmed, StringComparison.Ordinal))
                ? (trimmed, null)
                : (null, $"\"{trimmed}\" is not a valid choice."),
            PromptType.File => DataAddress(trimmed),
            _ => (trimmed, null),
        };
    }

    static (object?, string?) Checkbox(JsonNode? given)
    {
        if (given is null)
            return (false, null);
        if (given is JsonValue value)
        {
            if (value.TryGetValue<bool>(out var flag))
                return (flag, null);
            if (value.TryGetValue<string>(out var text))
            {
                switch (text.ToLowerInvariant())
                {
                    case "true" or "on" or "1" or "yes": return (true, null);
                    case "false" or "off" or "0" or "no" or "": return (false, null);
                }
            }
        }
        return (null, "Must be a valid boolean.");
    }

    static (object?, string?) DataAddress(string text)
    {
        if (!text.StartsWith("data:", StringComparison.Ordinal))
            return (null, "Invalid scheme");
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        var good = comma > 0 && text[..comma].EndsWith(";base64", StringComparison.Ordinal)
            && Convert.TryFromBase64String(text[(comma + 1)..], new byte[text.Length], out _);
        return good ? (text, null) : (null, "Invalid encoding");
    }

    static string? Blank(PromptType type) => type is PromptType.Number or PromptType.Date or PromptType.DateTime ? null : "";
}
