using System.Text.Json.Nodes;
using Postern.Blueprints.Nodes;
using Postern.Storage.Kinds;

namespace Postern.Blueprints.Exporting;

/// <summary>Turns ordered objects into blueprint entries that refer to each other by <c>!KeyOf</c>, and to objects left out by <c>!Find</c>.</summary>
/// <param name="isExact">The export is for this installation alone: entries find their objects by key, whatever they are called by then, and name every field.</param>
internal sealed class ExportEntries(ExportSet set, ExportNames names, bool isExact)
{
    public IReadOnlyList<BlueprintEntry> Of(IReadOnlyList<ExportedObject> sorted)
    {
        foreach (var (_, target) in sorted.SelectMany(set.References))
            target.Id ??= names.IdFor(target, set.Label(target));
        var entries = sorted.Select(Entry).ToList();
        entries.AddRange(sorted.Where(item => item.Deferred.Count > 0).Select(Later));
        return entries;
    }

    BlueprintEntry Entry(ExportedObject item)
    {
        var attrs = item.Values.Where(pair => !IsIdentifier(item.Kind, pair.Key) && !item.Deferred.Contains(pair.Key) && (isExact || !IsDefault(item, pair.Key, pair.Value)))
            .OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => Pair(item, pair.Key, pair.Value));
        return new BlueprintEntry(NodePlace.None, Text(item.Kind.Name)) { Id = item.Id, Identifiers = Identifiers(item), Attrs = Map(attrs) };
    }

    // A circle of references is closed once both of its ends exist.
    BlueprintEntry Later(ExportedObject item) => new(NodePlace.None, Text(item.Kind.Name))
    {
        Identifiers = Identifiers(item),
        Attrs = Map(item.Deferred.Order(StringComparer.Ordinal).Select(field => Pair(item, field, item.Values[field]))),
    };

    MapNode Identifiers(ExportedObject item)
    {
        var identifiers = item.Kind.Identifiers;
        KeyValuePair<string, BlueprintNode>[] key = isExact || identifiers.Count == 0 ? [KeyValuePair.Create<string, BlueprintNode>("pk", NodeJson.ToNode(item.Values[item.Kind.Key.Name]))] : [];
        return Map([.. key, .. identifiers.Where(name => isExact || item.Values[name] is not null).Select(name => Pair(item, name, item.Values[name]))]);
    }

    KeyValuePair<string, BlueprintNode> Pair(ExportedObject item, string name, JsonNode? value)
    {
        var field = item.Kind.Find(name)!;
        return KeyValuePair.Create(name, set.Targets(item.Kind, field).Any() ? Reference(item, field, value) : NodeJson.ToNode(value, sortKeys: true));
    }

    BlueprintNode Reference(ExportedObject item, Field field, JsonNode? value)
    {
        if (value is JsonArray list)
            return new ListNode(NodePlace.None, [.. list.Select(key => Reference(item, field, key))]);
        if (value is null)
            return ScalarNode.OfNull(NodePlace.None);
        if (set.Find(item, field, value) is { Id: { } id })
            return new KeyOfNode(NodePlace.None, id);
        return names.Find(set.Targets(item.Kind, field), value) ?? NodeJson.ToNode(value);
    }

    static bool IsIdentifier(ModelKind kind, string field) =>
        string.Equals(kind.Key.Name, field, StringComparison.Ordinal) || kind.Identifiers.Contains(field, StringComparer.Ordinal);

    static bool IsDefault(ExportedObject item, string name, JsonNode? value) =>
        item.Kind.Find(name) is { Required: false, DefaultNode: var standard } && JsonNode.DeepEquals(standard, value);

    static ScalarNode Text(string text) => ScalarNode.OfText(NodePlace.None, text);

    static MapNode Map(IEnumerable<KeyValuePair<string, BlueprintNode>> pairs) => new(NodePlace.None, [.. pairs]);
}
