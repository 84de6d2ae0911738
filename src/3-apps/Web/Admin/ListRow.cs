using System.Globalization;
using System.Text.Json.Nodes;

namespace Postern.Web.Admin;

/// <summary>One row of a list: its cells as texts, and where it leads.</summary>
/// <param name="Link">The invitation's link, where the row has one.</param>
public sealed record ListRow(string Url, IReadOnlyList<string> Cells, string? Link, IReadOnlyList<string> Notes)
{
    /// <summary>Address of a file that belongs to the row; null for none.</summary>
    public string? Download { get; init; }

    /// <summary>How a list writes a moment.</summary>
    public const string TimeFormat = "yyyy-MM-dd HH:mm 'UTC'";

    /// <summary>Tells rows apart: the last part of the address.</summary>
    public string Key => Uri.UnescapeDataString(Url.TrimEnd('/').Split('/')[^1]);

    /// <summary>A wire value as people read it.</summary>
    public static string Text(JsonNode? value) => value switch
    {
        null or JsonArray { Count: 0 } or JsonObject { Count: 0 } => "—",
        JsonValue v when v.TryGetValue<string>(out var text) && text.Length == 0 => "—",
        JsonArray many when many.All(m => m is JsonValue) => string.Join(", ", many.Select(m => m!.ToString())),
        JsonValue v when v.TryGetValue<bool>(out var flag) => flag ? "Yes" : "No",
        JsonValue v when v.TryGetValue<string>(out var text) => Time(text) ?? text,
        _ => value.ToJsonString(),
    };

    static string? Time(string text) =>
        text.Length >= 20 && text[^1] == 'Z' && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.ToString(TimeFormat, CultureInfo.InvariantCulture)
            : null;
}
