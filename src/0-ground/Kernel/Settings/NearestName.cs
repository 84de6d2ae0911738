namespace Postern.Kernel.Settings;

/// <summary>Finds what a misspelt name was probably meant to be.</summary>
public static class NearestName
{
    /// <summary>The candidate with the fewest edits to the name; the alphabetically first of several.</summary>
    public static string To(string name, IEnumerable<string> candidates) =>
        candidates.Order(StringComparer.Ordinal).MinBy(candidate => Distance(name, candidate)) ?? "";

    /// <summary>Levenshtein distance: single characters inserted, removed or replaced.</summary>
    public static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[to.Length];
    }
}
