using System.Globalization;

namespace Postern.Billing.Taxes;

/// <summary>A country by its ISO 3166-1 code.</summary>
public sealed record Country(string Code, string Name);

/// <summary>The countries that people choose from, by their English names.</summary>
public static class Countries
{
    public static IReadOnlyList<Country> All { get; } =
    [
        .. CultureInfo.GetCultures(CultureTypes.SpecificCultures)
            .Select(c => new RegionInfo(c.Name))
            .Where(r => TaxKinds.IsCountry(r.TwoLetterISORegionName))
            .DistinctBy(r => r.TwoLetterISORegionName)
            .Select(r => new Country(r.TwoLetterISORegionName, r.EnglishName))
            .OrderBy(c => c.Name, StringComparer.Ordinal),
    ];

    /// <summary>All, and the one that was chosen before, should it not be among them.</summary>
    public static IEnumerable<Country> With(string code) => code.Length == 0 || All.Any(c => c.Code == code) ? All : All.Append(new Country(code, code));
}
