using System.Globalization;
using System.Text;

namespace Postern.Invitations;

/// <summary>Names of invitations that sort and read well: <c>jane-doe-2026-11</c>.</summary>
public static class SuggestName
{
    /// <summary>From a person's name, else from an e-mail address.</summary>
    public static string For(string person, string email, DateTimeOffset now)
    {
        var source = person.Trim().Length > 0 ? person : email.Split('@')[0];
        var slug = new StringBuilder();
        foreach (var letter in source.Normalize(NormalizationForm.FormD).ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(letter))
                slug.Append(letter);
            else if (CharUnicodeInfo.GetUnicodeCategory(letter) is not UnicodeCategory.NonSpacingMark && slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        }
        var name = slug.ToString().Trim('-');
        return $"{(name.Length > 0 ? name : "invitation")}-{now.UtcDateTime.ToString("yyyy-MM", CultureInfo.InvariantCulture)}";
    }
}
