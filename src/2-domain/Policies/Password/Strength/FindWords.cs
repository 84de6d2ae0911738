using System.Collections.Frozen;

namespace Postern.Policies.Password.Strength;

/// <summary>Finds words: as they are, backwards, and with look-alike characters. Words that belong to the user are the most common of all.</summary>
sealed class FindWords
{
    const int LongestWord = 40;

    readonly FrozenDictionary<string, int> common = WordRanks.All;
    readonly Dictionary<string, int> own = new(StringComparer.Ordinal);

    public FindWords(IEnumerable<string> known)
    {
        foreach (var word in known.Select(k => k.ToLowerInvariant()).Where(k => k.Length > 0))
            own.TryAdd(word, own.Count + 1);
    }

    public IEnumerable<GuessableMatch> In(string password)
    {
        foreach (var (start, end, rank, _) in Ranked(password.ToLowerInvariant()))
        {
            var token = password[start..(end + 1)];
            yield return new GuessableMatch(GuessPattern.Word, start, end, token, rank * Variations.OfCase(token));
        }
        foreach (var match in Reversed(password))
            yield return match;
        foreach (var match in LookAlikes(password))
            yield return match;
    }

    IEnumerable<GuessableMatch> Reversed(string password)
    {
        var letters = password.ToLowerInvariant().ToCharArray();
        Array.Reverse(letters);
        foreach (var (start, end, rank, _) in Ranked(new string(letters)))
        {
            var (first, last) = (password.Length - 1 - end, password.Length - 1 - start);
            var token = password[first..(last + 1)];
            yield return new GuessableMatch(GuessPattern.Word, first, last, token, rank * Variations.OfCase(token) * 2) { IsReversed = true };
        }
    }

    IEnumerable<GuessableMatch> LookAlikes(string password)
    {
        foreach (var replaced in Substitutions.In(password))
        {
            var plain = string.Concat(password.Select(c => replaced.GetValueOrDefault(c, c))).ToLowerInvariant();
            foreach (var (start, end, rank, word) in Ranked(plain))
            {
                var token = password[start..(end + 1)];
                if (token.Length < 2 || string.Equals(token, word, StringComparison.OrdinalIgnoreCase))
                    continue;
                var used = replaced.Where(r => token.Contains(r.Key, StringComparison.Ordinal));
                var guesses = rank * Variations.OfCase(token) * Variations.OfLookAlikes(token, used);
                yield return new GuessableMatch(GuessPattern.Word, start, end, token, guesses) { HasLookAlikes = true };
            }
        }
    }

    IEnumerable<(int Start, int End, int Rank, string Word)> Ranked(string lower)
    {
        for (var start = 0; start < lower.Length; start++)
        {
            for (var end = start; end < lower.Length && end - start < LongestWord; end++)
            {
                var word = lower[start..(end + 1)];
                var rank = Math.Min(common.GetValueOrDefault(word, int.MaxValue), own.GetValueOrDefault(word, int.MaxValue));
                if (rank < int.MaxValue)
                    yield return (start, end, rank, word);
            }
        }
    }
}
