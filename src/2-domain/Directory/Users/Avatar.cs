using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Postern.Directory.Users;

/// <summary>A picture made of a name's initials, drawn here so that nobody's address is told to another server.</summary>
public static class Avatar
{
    /// <summary>An SVG as a data address.</summary>
    public static string Of(string name)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(name));
        var hue = (hash[0] * 256 + hash[1]) % 360;
        var svg = string.Create(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="64" height="64" viewBox="0 0 64 64"><rect width="64" height="64" fill="hsl({hue},45%,38%)"/><text x="50%" y="50%" dy=".35em" text-anchor="middle" fill="#fff" font-family="system-ui,sans-serif" font-size="26">{System.Net.WebUtility.HtmlEncode(Initials(name))}</text></svg>
            """);
        return $"data:image/svg+xml;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(svg))}";
    }

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
