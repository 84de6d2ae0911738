namespace Postern.Expressions;

/// <summary>The bounds of one evaluation. Exceeding one ends it; the script cannot catch that.</summary>
public sealed record ScriptBudget
{
    public static readonly ScriptBudget Default = new();

    /// <summary>Instructions and units of work of builtins.</summary>
    public long Steps { get; init; } = 2_000_000;

    /// <summary>Time the evaluation itself may take, without waiting for the host.</summary>
    public TimeSpan WallTime { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Time the host's functions may take in total, such as queries and requests.</summary>
    public TimeSpan HostTime { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Bytes allocated in total, freed or not.</summary>
    public long AllocatedBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Function calls inside each other.</summary>
    public int RecursionDepth { get; init; } = 900;

    /// <summary>Size of the value and of the log.</summary>
    public long OutputBytes { get; init; } = 1024 * 1024;

    /// <summary>Time one regular expression may search.</summary>
    public TimeSpan RegexTime { get; init; } = TimeSpan.FromMilliseconds(50);
}
