namespace Postern.Billing.Amounts;

/// <summary>How many decimals currencies have (ISO 4217).</summary>
public static class Currencies
{
    static readonly string[] WithNone = ["BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"];

    static readonly string[] WithThree = ["BHD", "JOD", "KWD", "OMR", "TND"];

    public static int Decimals(string currency) =>
        WithNone.Contains(currency, StringComparer.Ordinal) ? 0 : WithThree.Contains(currency, StringComparer.Ordinal) ? 3 : 2;

    public static bool IsCode(string text) => text.Length == 3 && text.All(char.IsAsciiLetterUpper);
}
