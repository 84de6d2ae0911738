using Postern.Blueprints.Nodes;

namespace Postern.Blueprints;

/// <summary>One blueprint of format version 1 as read from its file, before any tag is resolved.</summary>
public sealed record Blueprint(BlueprintMetadata? Metadata, MapNode Context, IReadOnlyList<BlueprintEntry> Entries);
