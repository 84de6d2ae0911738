namespace Postern.Policies.Password.Strength;

/// <summary>
/// Estimates how hard a password is to guess, by the method of Wheeler, "zxcvbn: Low-Budget Password Strength Estimation" (USENIX Security
/// 2016): the fewest guesses over all ways to read it as words, key walks, repeats, sequences, dates and the rest.
/// </summary>
static class EstimateStrength
{
    /// <summary>Scores run from 0 (at once) to 4 (very hard). <paramref name="known"/> are words an attacker would try first.</summary>
    public static StrengthEstimate Of(string password, IEnumerable<string> known, int thisYear)
    {
        var words = new FindWords(known);
        var (guesses, row) = Cheapest(password, words, thisYear);
        var score = guesses switch
        {
            < 1e3 + 5 => 0,
            < 1e6 + 5 => 1,
            < 1e8 + 5 => 2,
            < 1e10 + 5 => 3,
            _ => 4,
        };
        return new StrengthEstimate(score, guesses, Suggestions.For(score, row));
    }

    static (double Guesses, IReadOnlyList<GuessableMatch> Row) Cheapest(string password, FindWords words, int thisYear)
    {
        var matches = words.In(password)
            .Concat(FindKeyPatterns.In(password))
            .Concat(FindRepeats.In(password, part => Cheapest(part, words, thisYear).Guesses))
            .Concat(FindSequences.In(password))
            .Concat(FindDates.In(password, thisYear));
        return CheapestSequence.Of(password, matches);
    }
}

/// <summary>How hard a password is to guess, and what would make it harder.</summary>
sealed record StrengthEstimate(int Score, double Guesses, IReadOnlyList<string> Suggestions);
