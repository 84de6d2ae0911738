namespace Postern.Policies.Password.Strength;

/// <summary>Finds walks over neighbouring keys.</summary>
static class FindKeyPatterns
{
    const string Shifted = "~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:\"ZXCVBNM<>?";

    public static IEnumerable<GuessableMatch> In(string password) => KeyboardGraph.All.SelectMany(graph => In(password, graph));

    static IEnumerable<GuessableMatch> In(string password, KeyboardGraph graph)
    {
        for (var start = 0; start < password.Length - 1;)
        {
            var (end, turns, shifted) = Walk(password, start, graph);
            if (end - start > 2)
                yield return new GuessableMatch(GuessPattern.Keys, start, end - 1, password[start..end], Guesses(graph, end - start, turns, shifted));
            start = end;
        }
    }

    static (int End, int Turns, int Shifted) Walk(string password, int start, KeyboardGraph graph)
    {
        var (turns, last) = (0, -1);
        var shifted = graph.IsKeyboard && Shifted.Contains(password[start], StringComparison.Ordinal) ? 1 : 0;
        var end = start + 1;
        for (; end < password.Length && graph.Step(password[end - 1], password[end]) is var (direction, isShifted); end++)
        {
            shifted += isShifted ? 1 : 0;
            turns += direction == last ? 0 : 1;
            last = direction;
        }
        return (end, turns, shifted);
    }

    static double Guesses(KeyboardGraph graph, int length, int turns, int shifted)
    {
        // All keyboards count as the first, all keypads as the first keypad.
        var typical = KeyboardGraph.All.First(g => g.IsKeyboard == graph.IsKeyboard);
        var guesses = 0d;
        for (var i = 2; i <= length; i++)
        {
            for (var j = 1; j <= Math.Min(turns, i - 1); j++)
                guesses += Variations.Choose(i - 1, j - 1) * typical.Keys * Math.Pow(typical.AverageDegree, j);
        }
        if (shifted == 0)
            return guesses;
        return guesses * (length == shifted ? 2 : Variations.Mixed(shifted, length - shifted));
    }
}
