using System.Text.Json.Nodes;

namespace Postern.Authenticators.Devices;

/// <summary>A code as somebody typed it.</summary>
static class CodeText
{
    const int MaxLength = 128;

    /// <summary>Without the spaces and dashes people put in; empty for what can be no code.</summary>
    public static string Of(JsonNode? node)
    {
        var text = node is JsonValue value ? value.TryGetValue<string>(out var given) ? given : value.TryGetValue<long>(out var number) ? number.ToString(System.Globalization.CultureInfo.InvariantCulture) : "" : "";
        return text.Length > MaxLength ? "" : string.Concat(text.Where(char.IsAsciiLetterOrDigit));
    }
}
