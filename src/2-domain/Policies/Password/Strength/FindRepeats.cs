using System.Text.RegularExpressions;

namespace Postern.Policies.Password.Strength;

/// <summary>Finds parts that repeat: <c>aaa</c>, <c>abcabc</c>.</summary>
static partial class FindRepeats
{
    /// <summary><paramref name="guessesOf"/> estimates the part that is repeated.</summary>
    public static IEnumerable<GuessableMatch> In(string password, Func<string, double> guessesOf)
    {
        for (var from = 0; from < password.Length;)
        {
            var (longest, shortest) = (Greedy().Match(password, from), Lazy().Match(password, from));
            if (!longest.Success)
                yield break;
            var match = longest.Length > shortest.Length ? longest : shortest;
            var part = ReferenceEquals(match, longest) ? Whole().Match(longest.Value).Groups["part"].Value : shortest.Groups["part"].Value;
            var guesses = guessesOf(part) * match.Length / part.Length;
            yield return new GuessableMatch(GuessPattern.Repeat, match.Index, match.Index + match.Length - 1, match.Value, guesses);
            from = match.Index + match.Length;
        }
    }

    [GeneratedRegex("(?<part>.+)\\k<part>+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Greedy();

    [GeneratedRegex("(?<part>.+?)\\k<part>+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Lazy();

    [GeneratedRegex("^(?<part>.+?)\\k<part>+$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Whole();
}
