using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Postern.Directory.Users;

/// <summary>
/// The picture of a user. The modes of the system setting are tried in their order, and the first that has a picture gives it. No address is asked whether it
/// answers: that would make lists as slow as other people's servers.
/// </summary>
public static class Avatar
{
    const string Nobody = """
        <svg xmlns="http://www.w3.org/2000/svg" width="64" height="64" viewBox="0 0 64 64"><rect width="64" height="64" fill="#667382"/><circle cx="32" cy="25" r="11" fill="#fff"/><path d="M10 58a22 20 0 0 1 44 0z" fill="#fff"/></svg>
        """;

    /// <param name="user">Whose picture.</param>
    /// <param name="modes">Joined by commas: <c>none</c>, <c>initials</c>, <c>gravatar</c>, <c>attributes.</c> and a path, or an address with placeholders.</param>
    public static string Of(User user, string modes)
    {
        var tried = modes.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var mode in tried)
        {
            if (Picture(user, mode, isLast: mode == tried[^1]) is { Length: > 0 } picture)
                return picture;
        }
        return Data(Nobody);
    }

    /// <summary>Initials on a colour of their own, drawn here so that nobody's address is told to another server; as a data address.</summary>
    public static string Of(string name)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(name));
        var hue = (hash[0] * 256 + hash[1]) % 360;
        return Data(string.Create(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="64" height="64" viewBox="0 0 64 64"><rect width="64" height="64" fill="hsl({hue},45%,38%)"/><text x="50%" y="50%" dy=".35em" text-anchor="middle" fill="#fff" font-family="system-ui,sans-serif" font-size="26">{System.Net.WebUtility.HtmlEncode(Initials(name))}</text></svg>
            """));
    }

    static string? Picture(User user, string mode, bool isLast) => mode switch
    {
        "none" => Data(Nobody),
        "initials" => Of(user.Name.Length > 0 ? user.Name : user.Username),
        // Whether somebody has one is not known here, so it would hide every mode after it.
        "gravatar" => isLast && user.Email.Length > 0 ? $"https://www.gravatar.com/avatar/{Sha256(user.Email)}?size=158&rating=g&default=404" : null,
        _ when mode.StartsWith("attributes.", StringComparison.Ordinal) => Attribute(user.Attributes, mode["attributes.".Length..]),
        _ when mode.Contains("://", StringComparison.Ordinal) || mode.StartsWith('/') => Filled(mode, user),
        _ => null,
    };

    static string? Attribute(JsonObject attributes, string path)
    {
        JsonNode? node = attributes;
        foreach (var key in path.Split('.'))
            node = (node as JsonObject)?[key];
        return node is JsonValue value && value.TryGetValue<string>(out var address) && IsPicture(address) ? address : null;
    }

    static bool IsPicture(string address) =>
        address.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase) || address.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        || address.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || (address.StartsWith('/') && !address.StartsWith("//", StringComparison.Ordinal));

    static string Filled(string address, User user) => address
        .Replace("%(username)s", Uri.EscapeDataString(user.Username), StringComparison.Ordinal)
        .Replace("%(mail_hash)s", Md5(user.Email), StringComparison.Ordinal)
        .Replace("%(upn)s", Uri.EscapeDataString(user.Attributes["upn"] is JsonValue upn && upn.TryGetValue<string>(out var name) ? name : ""), StringComparison.Ordinal);

    static string Sha256(string email) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(email.Trim().ToLowerInvariant())));

#pragma warning disable CA5351 // The placeholder is defined as this hash; it protects nothing.
    static string Md5(string email) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(email.Trim().ToLowerInvariant())));
#pragma warning restore CA5351

    static string Data(string svg) => $"data:image/svg+xml;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(svg))}";

    static string Initials(string name)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words switch
        {
            [] => "?",
            [var only] => First(only, 2),
            [var first, .., var last] => First(first, 1) + First(last, 1),
        };
    }

    static string First(string word, int count)
    {
        var elements = StringInfo.GetTextElementEnumerator(word);
        var text = new StringBuilder();
        while (count-- > 0 && elements.MoveNext())
            text.Append(elements.GetTextElement());
        return text.ToString().ToUpperInvariant();
    }
}
