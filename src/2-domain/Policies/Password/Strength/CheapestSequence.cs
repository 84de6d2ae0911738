namespace Postern.Policies.Password.Strength;

/// <summary>
/// Finds the row of patterns that an attacker would need the fewest guesses for: over every prefix and every number of patterns, the
/// cheapest row that ends there is kept.
/// </summary>
sealed class CheapestSequence
{
    const double PerFurtherPattern = 10_000;

    readonly string password;
    readonly SortedDictionary<int, Step>[] best;

    CheapestSequence(string password)
    {
        this.password = password;
        best = [.. Enumerable.Range(0, password.Length).Select(_ => new SortedDictionary<int, Step>())];
    }

    public static (double Guesses, IReadOnlyList<GuessableMatch> Row) Of(string password, IEnumerable<GuessableMatch> matches)
    {
        if (password.Length == 0)
            return (1, []);
        var search = new CheapestSequence(password);
        var byEnd = matches.ToLookup(m => m.End);
        for (var end = 0; end < password.Length; end++)
        {
            foreach (var match in byEnd[end].OrderBy(m => m.Start))
                search.Append(match);
            search.AppendBruteForce(end);
        }
        return search.Unwind();
    }

    void Append(GuessableMatch match)
    {
        if (match.Start == 0)
        {
            Keep(match, 1, 1);
            return;
        }
        foreach (var (length, before) in best[match.Start - 1].ToList())
            Keep(match, length + 1, before.Product);
    }

    // Two stretches of brute force in a row are one.
    void AppendBruteForce(int end)
    {
        Keep(Stretch(0, end), 1, 1);
        for (var start = 1; start <= end; start++)
        {
            foreach (var (length, before) in best[start - 1].Where(b => b.Value.Match.Pattern is not GuessPattern.BruteForce).ToList())
                Keep(Stretch(start, end), length + 1, before.Product);
        }
    }

    void Keep(GuessableMatch match, int length, double before)
    {
        var product = AtLeast(match) * before;
        var guesses = (Factorial(length) * product) + Math.Pow(PerFurtherPattern, length - 1);
        var kept = best[match.End];
        if (!kept.Any(k => k.Key <= length && k.Value.Guesses <= guesses))
            kept[length] = new Step(match, product, guesses);
    }

    (double, IReadOnlyList<GuessableMatch>) Unwind()
    {
        var (length, last) = best[^1].MinBy(b => b.Value.Guesses);
        var row = new List<GuessableMatch>();
        for (var (step, end) = (last, password.Length - 1); ; step = best[end][--length])
        {
            row.Insert(0, step.Match);
            end = step.Match.Start - 1;
            if (end < 0)
                return (last.Guesses, row);
        }
    }

    double AtLeast(GuessableMatch match) =>
        match.Token.Length == password.Length ? Math.Max(match.Guesses, 1) : Math.Max(match.Guesses, match.Token.Length == 1 ? 10 : 50);

    GuessableMatch Stretch(int start, int end)
    {
        var length = end - start + 1;
        return new GuessableMatch(GuessPattern.BruteForce, start, end, password[start..(end + 1)], Math.Max(Math.Pow(10, length), length == 1 ? 11 : 51));
    }

    static double Factorial(int n) => n < 2 ? 1 : n * Factorial(n - 1);

    readonly record struct Step(GuessableMatch Match, double Product, double Guesses);
}
