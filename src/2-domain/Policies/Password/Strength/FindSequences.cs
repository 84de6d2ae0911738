namespace Postern.Policies.Password.Strength;

/// <summary>Finds runs of characters at equal distances: <c>abc</c>, <c>97531</c>.</summary>
static class FindSequences
{
    const int WidestStep = 5;
    const string Obvious = "aAzZ019";

    public static IEnumerable<GuessableMatch> In(string password)
    {
        var start = 0;
        for (var i = 1; i < password.Length; i++)
        {
            if (i + 1 < password.Length && Step(password, i + 1) == Step(password, start + 1))
                continue;
            if (Match(password, start, i) is { } match)
                yield return match;
            start = i;
        }
    }

    static int Step(string password, int at) => password[at] - password[at - 1];

    static GuessableMatch? Match(string password, int start, int end)
    {
        var step = Step(password, start + 1);
        if ((end - start < 2 && Math.Abs(step) != 1) || step == 0 || Math.Abs(step) > WidestStep)
            return null;
        var first = password[start];
        var starts = Obvious.Contains(first, StringComparison.Ordinal) ? 4 : char.IsAsciiDigit(first) ? 10 : 26;
        var guesses = (double)starts * (step > 0 ? 1 : 2) * (end - start + 1);
        return new GuessableMatch(GuessPattern.Sequence, start, end, password[start..(end + 1)], guesses);
    }
}
