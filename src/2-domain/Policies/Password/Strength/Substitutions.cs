namespace Postern.Policies.Password.Strength;

/// <summary>Characters that stand for letters they look like, and the ways a password's may be read.</summary>
static class Substitutions
{
    const int MostReadings = 64;

    static readonly (char Letter, string LookAlikes)[] Table =
    [
        ('a', "4@"), ('b', "8"), ('c', "({[<"), ('e', "3"), ('g', "69"), ('i', "1!|"), ('l', "1|7"), ('o', "0"), ('s', "$5"), ('t', "+7"), ('x', "%"), ('z', "2"),
    ];

    /// <summary>Each reading maps characters of the password to the letters they may stand for; a character has one meaning per reading.</summary>
    public static IEnumerable<IReadOnlyDictionary<char, char>> In(string password)
    {
        var readings = new List<Dictionary<char, char>> { new() };
        foreach (var character in password.Distinct())
        {
            char[] letters = [.. Table.Where(t => t.LookAlikes.Contains(character, StringComparison.Ordinal)).Select(t => t.Letter)];
            if (letters.Length == 0)
                continue;
            readings = [.. readings.SelectMany(r => letters.Select(letter => new Dictionary<char, char>(r) { [character] = letter })).Take(MostReadings)];
        }
        return readings.Where(r => r.Count > 0);
    }
}
