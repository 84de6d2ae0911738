using System.Collections.Frozen;

namespace Postern.Billing.Amounts;

/// <summary>How many decimals currencies have (ISO 4217); two unless they stand here.</summary>
public static class Currencies
{
    static readonly FrozenDictionary<string, int> Unusual = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["BIF"] = 0, ["CLP"] = 0, ["DJF"] = 0, ["GNF"] = 0, ["JPY"] = 0, ["KMF"] = 0, ["KRW"] = 0, ["MGA"] = 0, ["PYG"] = 0, ["RWF"] = 0,
        ["UGX"] = 0, ["VND"] = 0, ["VUV"] = 0, ["XAF"] = 0, ["XOF"] = 0, ["XPF"] = 0,
        ["BHD"] = 3, ["JOD"] = 3, ["KWD"] = 3, ["OMR"] = 3, ["TND"] = 3,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static int Decimals(string currency) => Unusual.GetValueOrDefault(currency, 2);

    public static bool IsCode(string text) => text.Length == 3 && text.All(char.IsAsciiLetterUpper);
}
