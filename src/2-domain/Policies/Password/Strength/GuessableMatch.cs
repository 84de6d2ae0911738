namespace Postern.Policies.Password.Strength;

/// <summary>A part of a password that follows a pattern, and how many guesses it takes.</summary>
/// <param name="Pattern">What it follows.</param>
/// <param name="Start">Index of its first character.</param>
/// <param name="End">Index of its last character.</param>
/// <param name="Token">The part itself.</param>
/// <param name="Guesses">Guesses that lead to it, on average, when the pattern is known.</param>
sealed record GuessableMatch(GuessPattern Pattern, int Start, int End, string Token, double Guesses)
{
    /// <summary>A word written backwards.</summary>
    public bool IsReversed { get; init; }

    /// <summary>A word with letters replaced by look-alikes.</summary>
    public bool HasLookAlikes { get; init; }
}

enum GuessPattern
{
    BruteForce,
    Word,
    Keys,
    Repeat,
    Sequence,
    Year,
    Date,
}
