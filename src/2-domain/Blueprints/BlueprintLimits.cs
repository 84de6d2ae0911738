namespace Postern.Blueprints;

/// <summary>How much a blueprint may ask of the machine; every limit ends in a problem, never in an exception.</summary>
public sealed record BlueprintLimits
{
    /// <summary>The limits that hold where none are configured.</summary>
    public static BlueprintLimits Default { get; } = new();

    /// <summary>Largest file, in bytes of UTF-8.</summary>
    public int MaxBytes { get; init; } = 1024 * 1024;

    /// <summary>Deepest nesting of maps, lists and tags.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>Most values written out in one file.</summary>
    public int MaxNodes { get; init; } = 200_000;

    /// <summary>Most characters and values a file may stand for once aliases, loops and formats are expanded.</summary>
    public long MaxExpansion { get; init; } = 8 * 1024 * 1024;

    /// <summary>Most values that resolving all tags of one blueprint may visit.</summary>
    public int MaxResolvedValues { get; init; } = 1_000_000;

    /// <summary>Most searches for objects that one blueprint may start.</summary>
    public int MaxLookups { get; init; } = 10_000;

    /// <summary>Most problems listed before the list is cut.</summary>
    public int MaxProblems { get; init; } = 100;
}
