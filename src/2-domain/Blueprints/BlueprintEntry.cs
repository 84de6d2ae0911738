using Postern.Blueprints.Nodes;

namespace Postern.Blueprints;

/// <summary>One object that a blueprint describes; every part may still hold tags.</summary>
public sealed record BlueprintEntry(NodePlace Place, BlueprintNode Model)
{
    /// <summary>The heading the entry stands under when entries are grouped in sections.</summary>
    public string? Section { get; init; }

    /// <summary>The name by which later entries reach this one's object with <c>!KeyOf</c>.</summary>
    public string? Id { get; init; }

    /// <summary>What to do with the object; a scalar or a tag.</summary>
    public BlueprintNode State { get; init; } = ScalarNode.OfText(NodePlace.None, EntryStates.Present);

    /// <summary>The entry is skipped unless every value of this list is truthy.</summary>
    public BlueprintNode Conditions { get; init; } = ListNode.Empty;

    /// <summary>What finds the object: field to value.</summary>
    public BlueprintNode Identifiers { get; init; } = MapNode.Empty;

    /// <summary>What the object is to hold beside its identifiers: field to value.</summary>
    public BlueprintNode Attrs { get; init; } = MapNode.Empty;

    /// <summary>Object permissions granted once the object is saved.</summary>
    public BlueprintNode Permissions { get; init; } = ListNode.Empty;
}
