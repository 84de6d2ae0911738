using Postern.Blueprints.Nodes;
using Postern.Storage.Kinds;

namespace Postern.Blueprints.Importing;

/// <summary>Finds the place in the file that speaks about a field.</summary>
internal static class Places
{
    /// <summary>The place of a field by its name in the file; the entry itself when no map names it.</summary>
    public static NodePlace Of(BlueprintEntry entry, string name) =>
        (entry.Identifiers as MapNode)?.Find(name)?.Place ?? (entry.Attrs as MapNode)?.Find(name)?.Place ?? entry.Place;

    /// <summary>The place of a field of the kind, under whatever spelling the file uses.</summary>
    public static NodePlace Of(BlueprintEntry entry, ModelKind kind, string field) =>
        Named(entry.Attrs, kind, field) ?? Named(entry.Identifiers, kind, field) ?? entry.Place;

    static NodePlace? Named(BlueprintNode node, ModelKind kind, string field) => (node as MapNode)?.Pairs
        .FirstOrDefault(pair => string.Equals(kind.Find(pair.Key)?.Name, field, StringComparison.Ordinal)).Value?.Place;
}
