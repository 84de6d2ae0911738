using System.Text.RegularExpressions;

namespace Postern.Policies.Password.Strength;

/// <summary>By how much capitals and look-alike characters multiply the guesses of a word.</summary>
static partial class Variations
{
    public static double OfCase(string token)
    {
        if (!token.Any(char.IsAsciiLetterUpper))
            return 1;
        if (StartsUpper().IsMatch(token) || EndsUpper().IsMatch(token) || AllUpper().IsMatch(token))
            return 2;
        return Mixed(token.Count(char.IsAsciiLetterUpper), token.Count(char.IsAsciiLetterLower));
    }

    public static double OfLookAlikes(string token, IEnumerable<KeyValuePair<char, char>> replaced)
    {
        var lower = token.ToLowerInvariant();
        var variations = 1d;
        foreach (var (lookAlike, letter) in replaced)
        {
            var (used, plain) = (lower.Count(c => c == lookAlike), lower.Count(c => c == letter));
            variations *= used == 0 || plain == 0 ? 2 : Mixed(used, plain);
        }
        return variations;
    }

    /// <summary>Ways to pick at most as many of both kinds as the rarer one has.</summary>
    public static double Mixed(int one, int other)
    {
        var sum = 0d;
        for (var picked = 1; picked <= Math.Min(one, other); picked++)
            sum += Choose(one + other, picked);
        return sum;
    }

    public static double Choose(int of, int picked)
    {
        if (picked > of)
            return 0;
        var ways = 1d;
        for (var i = 1; i <= picked; i++)
            ways = ways * (of - i + 1) / i;
        return ways;
    }

    [GeneratedRegex("^[A-Z][^A-Z]+$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    public static partial Regex StartsUpper();

    [GeneratedRegex("^[^A-Z]+[A-Z]$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EndsUpper();

    [GeneratedRegex("^[^a-z]+$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    public static partial Regex AllUpper();
}
