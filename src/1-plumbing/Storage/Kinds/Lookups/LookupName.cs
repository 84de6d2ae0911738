using Postern.Kernel.Values;

namespace Postern.Storage.Kinds.Lookups;

/// <summary>The spelling of lookups, and what they are made for.</summary>
static class LookupName
{
    public static Lookup? Parse(string text) => WireEnum<Lookup>.TryParse(text, out var lookup) ? lookup : null;

    public static bool IsText(Lookup lookup) => lookup is Lookup.Iexact or Lookup.Contains or Lookup.Icontains or Lookup.Startswith or Lookup.Istartswith
        or Lookup.Endswith or Lookup.Iendswith;

    public static bool IsOrder(Lookup lookup) => lookup is Lookup.Gt or Lookup.Gte or Lookup.Lt or Lookup.Lte;

    public static bool IgnoresCase(Lookup lookup) => lookup is Lookup.Iexact or Lookup.Icontains or Lookup.Istartswith or Lookup.Iendswith;

    /// <summary>The pattern of LIKE for a text lookup.</summary>
    public static string Pattern(Lookup lookup, string text)
    {
        var escaped = PlainSearch.Escape(text);
        return lookup switch
        {
            Lookup.Iexact => escaped,
            Lookup.Contains or Lookup.Icontains => $"%{escaped}%",
            Lookup.Startswith or Lookup.Istartswith => $"{escaped}%",
            _ => $"%{escaped}",
        };
    }
}
