using System.Collections;

namespace Postern.Storage.Kinds.Lookups;

/// <summary>A lookup on a field that is no column (a member of <c>config</c>), decided object by object; such kinds have few objects.</summary>
static class LookupInMemory
{
    /// <summary>Whether the field's value passes; null when its type does not know the lookup.</summary>
    public static bool? Passes(object? actual, Lookup lookup, object? value) => lookup switch
    {
        Lookup.Isnull => actual is null == value is true,
        Lookup.Exact => Equals(actual, value),
        Lookup.In when value is IEnumerable list => list.Cast<object>().Contains(actual),
        _ when actual is null => false,
        _ when LookupName.IsText(lookup) && actual is string text => Matches(text, lookup, (string)value!),
        _ when LookupName.IsOrder(lookup) && actual is IComparable comparable and not string => Compares(comparable.CompareTo(value), lookup),
        _ => null,
    };

    static bool Matches(string text, Lookup lookup, string value)
    {
        var comparison = LookupName.IgnoresCase(lookup) ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return lookup switch
        {
            Lookup.Iexact => text.Equals(value, comparison),
            Lookup.Contains or Lookup.Icontains => text.Contains(value, comparison),
            Lookup.Startswith or Lookup.Istartswith => text.StartsWith(value, comparison),
            _ => text.EndsWith(value, comparison),
        };
    }

    static bool Compares(int order, Lookup lookup) => lookup switch
    {
        Lookup.Gt => order > 0,
        Lookup.Gte => order >= 0,
        Lookup.Lt => order < 0,
        _ => order <= 0,
    };
}
