namespace Postern.Storage.Checks;

/// <summary>Looks at one side of the installation for an administrator who wonders whether all is well. It changes nothing.</summary>
public interface ICheck
{
    /// <summary>What it looks at, in a word or two.</summary>
    string Name { get; }

    /// <summary>Whether it reads the product's tables, so that the schema must be this program's.</summary>
    bool NeedsSchema => true;

    /// <summary>What it saw; at least one thing.</summary>
    Task<IReadOnlyList<Finding>> ExecuteAsync(CancellationToken cancellation);
}

/// <summary>How much something matters.</summary>
public enum Level
{
    /// <summary>As it should be.</summary>
    Good,

    /// <summary>Should be changed.</summary>
    Warning,

    /// <summary>Does not work, or will soon not.</summary>
    Error,
}

/// <summary>One thing a check saw.</summary>
/// <param name="Level">How much it matters.</param>
/// <param name="Seen">What it is.</param>
/// <param name="Advice">What to do; empty where nothing is.</param>
public sealed record Finding(Level Level, string Seen, string Advice = "")
{
    public static Finding Good(string seen) => new(Level.Good, seen);

    public static Finding Warning(string seen, string advice) => new(Level.Warning, seen, advice);

    public static Finding Error(string seen, string advice) => new(Level.Error, seen, advice);
}
