namespace Postern.Policies.Password.Strength;

/// <summary>What would make a weak password harder to guess.</summary>
static class Suggestions
{
    public static IReadOnlyList<string> For(int score, IReadOnlyList<GuessableMatch> row)
    {
        if (row.Count == 0)
            return ["Use a few words, avoid common phrases", "No need for symbols, digits, or uppercase letters"];
        if (score > 2)
            return [];
        var longest = row.Aggregate((a, b) => b.Token.Length > a.Token.Length ? b : a);
        return ["Add another word or two. Uncommon words are better.", .. About(longest)];
    }

    static IEnumerable<string> About(GuessableMatch match) => match.Pattern switch
    {
        GuessPattern.Word => AboutWord(match),
        GuessPattern.Keys => ["Use a longer keyboard pattern with more turns"],
        GuessPattern.Repeat => ["Avoid repeated words and characters"],
        GuessPattern.Sequence => ["Avoid sequences"],
        GuessPattern.Year => ["Avoid recent years", "Avoid years that are associated with you"],
        GuessPattern.Date => ["Avoid dates and years that are associated with you"],
        _ => [],
    };

    static IEnumerable<string> AboutWord(GuessableMatch match)
    {
        if (Variations.StartsUpper().IsMatch(match.Token))
            yield return "Capitalization doesn't help very much";
        else if (Variations.AllUpper().IsMatch(match.Token) && match.Token.Any(char.IsAsciiLetterUpper))
            yield return "All-uppercase is almost as easy to guess as all-lowercase";
        if (match.IsReversed && match.Token.Length >= 4)
            yield return "Reversed words aren't much harder to guess";
        if (match.HasLookAlikes)
            yield return "Predictable substitutions like '@' instead of 'a' don't help very much";
    }
}
