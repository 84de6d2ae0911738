using System.Globalization;
using System.Text;

namespace Postern.Directory.Tokens;

/// <summary>Names as parts of URLs.</summary>
public static class Slug
{
    /// <summary>Lower-case letters, digits, underscores and single hyphens: <c>Ünï Cöde!</c> becomes <c>uni-code</c>.</summary>
    public static string Of(string text)
    {
        var slug = new StringBuilder(text.Length);
        foreach (var letter in text.Normalize(NormalizationForm.FormKD).ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(letter) || letter == '_')
                slug.Append(letter);
            else if ((char.IsWhiteSpace(letter) || letter == '-') && slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        }
        return slug.ToString().Trim('-', '_');
    }
}
