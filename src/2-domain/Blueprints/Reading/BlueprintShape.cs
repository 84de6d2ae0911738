using Postern.Blueprints.Nodes;

namespace Postern.Blueprints.Reading;

/// <summary>Finds the parts of format version 1 in a read file.</summary>
internal sealed class BlueprintShape(ProblemList problems, ProblemList warnings)
{
    const string Version = "version";

    public Blueprint? Read(BlueprintNode root)
    {
        if (root is not MapNode file)
        {
            problems.Add(root.Place, "A blueprint is a map with `version`, `metadata`, `context` and `entries`.");
            return null;
        }

        if (file.Find(Version) is { } version and not ScalarNode { Kind: ScalarKind.Integer, Text: "1" })
        {
            problems.Add(version.Place, "Invalid blueprint version");
        }

        return new Blueprint(Metadata(file.Find("metadata")), Context(file.Find("context")), Entries(file.Find("entries")));
    }

    BlueprintMetadata? Metadata(BlueprintNode? node)
    {
        if (IsAbsent(node)) return null;
        if (node is not MapNode map)
        {
            problems.Add(node!.Place, "`metadata` is a map with `name` and `labels`.");
            return null;
        }

        var name = Text(map.Find("name"));
        if (string.IsNullOrEmpty(name)) problems.Add(map.Find("name")?.Place ?? map.Place, "`metadata` needs a `name`, a text.");
        return new BlueprintMetadata(name ?? string.Empty, Labels(map.Find("labels")));
    }

    Dictionary<string, string> Labels(BlueprintNode? node)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        if (IsAbsent(node)) return labels;
        if (node is not MapNode map)
        {
            problems.Add(node!.Place, "`labels` is a map of texts.");
            return labels;
        }

        foreach (var (key, value) in map.Pairs)
        {
            if (Text(value) is { } text) labels[key] = text;
            else problems.Add(value.Place, "A label is a text.");
        }

        return labels;
    }

    MapNode Context(BlueprintNode? node)
    {
        if (IsAbsent(node)) return MapNode.Empty;
        if (node is MapNode map) return map;
        problems.Add(node!.Place, "`context` is a map.");
        return MapNode.Empty;
    }

    List<BlueprintEntry> Entries(BlueprintNode? node)
    {
        var entries = new List<BlueprintEntry>();
        if (node is ListNode list)
        {
            Section(null, list, entries);
            return entries;
        }

        if (IsAbsent(node)) return entries;
        if (node is not MapNode sections)
        {
            problems.Add(node!.Place, "`entries` is a list of entries, or a map of sections that each hold such a list.");
            return entries;
        }

        foreach (var (name, section) in sections.Pairs)
        {
            if (section is ListNode items) Section(name, items, entries);
            else if (!IsAbsent(section)) problems.Add(section.Place, $"The section `{name}` is a list of entries.");
        }

        return entries;
    }

    void Section(string? name, ListNode items, List<BlueprintEntry> entries)
    {
        var shape = new EntryShape(problems, warnings);
        foreach (var item in items.Items)
        {
            if (shape.Read(name, item) is { } entry) entries.Add(entry);
        }
    }

    internal static bool IsAbsent(BlueprintNode? node) => node is null or ScalarNode { Kind: ScalarKind.Null };

    // Unquoted true or 5 where a text belongs: read as the text it looks like.
    internal static string? Text(BlueprintNode? node) => node switch
    {
        ScalarNode { Kind: ScalarKind.Null } => null,
        ScalarNode { Kind: ScalarKind.Boolean } scalar => scalar.ToJson()!.ToJsonString(),
        ScalarNode scalar => scalar.Text,
        _ => null,
    };
}
