using System.Globalization;
using System.Text.RegularExpressions;
using Postern.Mail.Languages;

namespace Postern.Web.Flow.Words;

/// <summary>Moments and numbers as a language writes them.</summary>
static partial class Figures
{
    const string Moment = "yyyy-MM-dd HH:mm 'UTC'";

    /// <summary>The text in the language; null for what is no moment and no large number.</summary>
    public static string? In(string language, string text)
    {
        if (text.Length == 0 || !char.IsAsciiDigit(text[0]))
            return null;
        if (DateTimeOffset.TryParseExact(text, Moment, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
            return Language.Date(language, moment);
        if (!Grouped().IsMatch(text))
            return null;
        // The narrow space keeps the figures together.
        return text.Replace(",", language is "fr" ? "\u202F" : ".", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^\d{1,3}(?:,\d{3})+$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Grouped();
}
