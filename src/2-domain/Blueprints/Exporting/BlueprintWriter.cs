using System.Text;
using Postern.Blueprints.Nodes;

namespace Postern.Blueprints.Exporting;

/// <summary>Writes a blueprint as YAML of format version 1: the same blueprint always gives the same text, and reading it gives the blueprint back.</summary>
public static class BlueprintWriter
{
    /// <summary>The YAML text.</summary>
    public static string Write(Blueprint blueprint)
    {
        ArgumentNullException.ThrowIfNull(blueprint);
        var text = new StringBuilder("version: 1\n");
        var yaml = new YamlWriter(text);
        if (blueprint.Metadata is { } metadata) yaml.Pair(0, "metadata", Metadata(metadata));
        if (blueprint.Context.Pairs.Count > 0) yaml.Pair(0, "context", blueprint.Context);
        yaml.Pair(0, "entries", Entries(blueprint.Entries));
        return text.ToString();
    }

    static MapNode Metadata(BlueprintMetadata metadata)
    {
        var pairs = new List<KeyValuePair<string, BlueprintNode>> { new("name", Text(metadata.Name)) };
        if (metadata.Labels.Count > 0)
        {
            pairs.Add(new("labels", Map([.. metadata.Labels.OrderBy(label => label.Key, StringComparer.Ordinal)
                .Select(label => KeyValuePair.Create<string, BlueprintNode>(label.Key, Text(label.Value)))])));
        }

        return Map(pairs);
    }

    // Sections come back when the first entry has one; entries without a section then stand under an empty name.
    static BlueprintNode Entries(IReadOnlyList<BlueprintEntry> entries)
    {
        if (entries.All(entry => entry.Section is null)) return List(entries.Select(Entry));
        return Map([.. entries.GroupBy(entry => entry.Section ?? string.Empty, StringComparer.Ordinal)
            .Select(section => KeyValuePair.Create<string, BlueprintNode>(section.Key, List(section.Select(Entry))))]);
    }

    static MapNode Entry(BlueprintEntry entry)
    {
        var pairs = new List<KeyValuePair<string, BlueprintNode>> { new("model", entry.Model) };
        if (entry.Id is { } id) pairs.Add(new("id", Text(id)));
        if (entry.State is not ScalarNode { Text: EntryStates.Present }) pairs.Add(new("state", entry.State));
        if (!IsEmpty(entry.Conditions)) pairs.Add(new("conditions", entry.Conditions));
        if (!IsEmpty(entry.Identifiers)) pairs.Add(new("identifiers", entry.Identifiers));
        if (!IsEmpty(entry.Attrs)) pairs.Add(new("attrs", entry.Attrs));
        if (!IsEmpty(entry.Permissions)) pairs.Add(new("permissions", entry.Permissions));
        return Map(pairs);
    }

    static bool IsEmpty(BlueprintNode node) => node is MapNode { Pairs.Count: 0 } or ListNode { Items.Count: 0 };

    static ScalarNode Text(string text) => ScalarNode.OfText(NodePlace.None, text);

    static MapNode Map(IReadOnlyList<KeyValuePair<string, BlueprintNode>> pairs) => new(NodePlace.None, pairs);

    static ListNode List(IEnumerable<BlueprintNode> items) => new(NodePlace.None, [.. items]);
}
