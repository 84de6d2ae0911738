using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Postern.Applications;

/// <summary>Addresses that applications open at, and the details of a user that may stand in them as <c>%(username)s</c>.</summary>
public static class LaunchUrl
{
    static readonly string[] Schemes = ["http", "https", "ftp", "ftps"];

    /// <summary>What is wrong with an address; null when nothing is. It may be a path, and may hold placeholders.</summary>
    public static string? Refusal(string url)
    {
        if (url.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)))
            return Invalid;
        if (url.StartsWith('/') || url.StartsWith('%'))
            return url.StartsWith("//", StringComparison.Ordinal) ? Invalid : null;
        var colon = url.IndexOf("://", StringComparison.Ordinal);
        return colon > 0 && url.Length > colon + 3 && Schemes.Contains(url[..colon], StringComparer.OrdinalIgnoreCase) ? null : Invalid;
    }

    /// <summary>Whether My applications shows an address: one a browser opens, or a path of this installation.</summary>
    public static bool IsShown(string? url) => url is { Length: > 0 }
        && ((url.StartsWith('/') && !url.StartsWith("//", StringComparison.Ordinal) && !url.StartsWith("/\\", StringComparison.Ordinal))
            || url.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            || url.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            || url.StartsWith("goauthentik.io://", StringComparison.Ordinal));

    /// <summary>
    /// Fills placeholders from what the API tells about a user. Only what a browser may open comes out of it; a text that cannot be filled stays as it is written.
    /// </summary>
    public static string Fill(string url, JsonObject user) => url.Contains('%', StringComparison.Ordinal) && Format(url, user) is { } filled ? filled : url;

    static string? Format(string url, JsonObject user)
    {
        var text = new StringBuilder();
        for (var i = 0; i < url.Length; i++)
        {
            if (url[i] != '%')
                text.Append(url[i]);
            else if (i + 1 < url.Length && url[i + 1] == '%')
                text.Append(url[i++]);
            else if (Placeholder(url, i, user) is { } found)
                (text, i) = (text.Append(found.Value), found.End);
            else
                return null;
        }
        return text.ToString();
    }

    static (string Value, int End)? Placeholder(string url, int start, JsonObject user)
    {
        var close = url.IndexOf(")s", start, StringComparison.Ordinal);
        if (start + 1 >= url.Length || url[start + 1] != '(' || close < 0 || !user.TryGetPropertyValue(url[(start + 2)..close], out var value))
            return null;
        return (Text(value), close + 1);
    }

    // As the reference's formatting writes them.
    static string Text(JsonNode? value) => value switch
    {
        null => "None",
        JsonValue v when v.TryGetValue<bool>(out var flag) => flag ? "True" : "False",
        JsonValue v when v.TryGetValue<string>(out var text) => text,
        JsonValue v when v.TryGetValue<long>(out var number) => number.ToString(CultureInfo.InvariantCulture),
        _ => value.ToJsonString(),
    };

    const string Invalid = "Enter a valid URL.";
}
