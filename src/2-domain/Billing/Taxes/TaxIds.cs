using System.Text.RegularExpressions;

namespace Postern.Billing.Taxes;

/// <summary>Checks the shape of tax identifiers; whether one exists only an authority knows.</summary>
public static class TaxIds
{
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    /// <summary>As identifiers are stored and compared: capitals, without spaces, dots, dashes and slashes.</summary>
    public static string Tidy(string text) => string.Concat(text.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();

    /// <summary>Why the identifier cannot be right; null when it can. Countries without a format take any.</summary>
    public static string? Refuse(TaxIdFormat? format, string tidied) => (format, tidied) switch
    {
        (_, "") => "This is no tax identifier.",
        ({ } known, _) when !Fits(Compile(known.Pattern), tidied) => $"This is no {known.Label} of {known.Country}; one looks like {known.Example}.",
        _ when tidied.Length > 32 => "A tax identifier has at most 32 characters.",
        _ => null,
    };

    internal static Regex? Compile(string pattern)
    {
        try
        {
            return new Regex($"^(?:{pattern})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Patience);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    internal static bool Fits(Regex? pattern, string tidied)
    {
        try
        {
            return pattern?.IsMatch(tidied) is true;
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }
}
