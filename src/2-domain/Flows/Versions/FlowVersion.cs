namespace Postern.Flows.Versions;

/// <summary>What a flow was after a change.</summary>
/// <param name="Number">From 1, in the order of the changes.</param>
/// <param name="Person">Key of who changed it; null for the product itself, and for people who are gone.</param>
/// <param name="Username">Their name.</param>
/// <param name="Changes">What is different from the version before; all of it is new in the first.</param>
public sealed record FlowVersion(int Number, DateTimeOffset Created, int? Person, string? Username, IReadOnlyList<VersionChange> Changes)
{
    /// <summary>Nothing before it is kept.</summary>
    public bool IsOldest { get; init; }

    /// <summary>The blueprint that brings it back; secrets are not part of it.</summary>
    public string Content { get; init; } = "";
}

/// <summary>What became of an object between two versions.</summary>
public sealed record VersionChange(VersionChangeKind Change, string Model, string Name);

/// <summary>What can become of an object.</summary>
public enum VersionChangeKind
{
    Added,
    Changed,
    Removed,
}
