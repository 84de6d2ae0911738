using System.Text.RegularExpressions;
using Postern.Blueprints;
using Postern.Blueprints.Exporting;
using Postern.Blueprints.Nodes;
using Postern.Blueprints.Reading;

namespace Postern.Flows.Versions;

/// <summary>The text of a version, taken apart into the objects it describes.</summary>
sealed partial class VersionText
{
    // What tells an object's name, or leads to one that has it.
    static readonly string[] named = ["slug", "name", "stage", "policy", "group", "user"];

    readonly Dictionary<(string Model, string Key), BlueprintEntry> entries = [];
    readonly Dictionary<string, BlueprintEntry> byId = new(StringComparer.Ordinal);

    VersionText(Blueprint blueprint)
    {
        Blueprint = blueprint;
        // Of an object whose reference closes a circle there is a second entry; the first one is the object.
        foreach (var entry in blueprint.Entries)
        {
            entries.TryAdd((ModelOf(entry), KeyOf(entry)), entry);
            if (entry.Id is { } id)
                byId[id] = entry;
        }
    }

    public Blueprint Blueprint { get; }

    public static VersionText Read(string content) =>
        new(BlueprintReader.Read(content, BlueprintLimits.Default).Blueprint ?? throw new InvalidOperationException("What the exporter wrote can be read."));

    /// <summary>The objects that are part of this version and not of another.</summary>
    public IEnumerable<BlueprintEntry> Beyond(VersionText other) => entries.Where(e => !other.entries.ContainsKey(e.Key)).Select(e => e.Value);

    /// <summary>What changed from another version to this one.</summary>
    public IReadOnlyList<VersionChange> Since(VersionText? before)
    {
        var here = entries.Select(e => (e.Value, Change: before is null || !before.entries.TryGetValue(e.Key, out var old) ? VersionChangeKind.Added
            : before.TextOf(old) == TextOf(e.Value) ? (VersionChangeKind?)null : VersionChangeKind.Changed));
        var changed = here.Where(c => c.Change is not null).Select(c => new VersionChange(c.Change!.Value, ModelOf(c.Value), NameOf(c.Value)));
        var gone = before?.Beyond(this).Select(e => new VersionChange(VersionChangeKind.Removed, ModelOf(e), before.NameOf(e))) ?? [];
        return [.. changed, .. gone];
    }

    /// <summary>What the objects are called, by their keys.</summary>
    public IEnumerable<KeyValuePair<string, string>> Names => entries.Select(e => KeyValuePair.Create(e.Key.Key, NameOf(e.Value)));

    public static string ModelOf(BlueprintEntry entry) => ((ScalarNode)entry.Model).Text;

    static string KeyOf(BlueprintEntry entry) => (((MapNode)entry.Identifiers).Find("pk") as ScalarNode)?.Text ?? "";

    // Bindings have no name; what they bind has.
    string NameOf(BlueprintEntry entry)
    {
        foreach (var node in named.Select(((MapNode)entry.Identifiers).Find))
        {
            if (node is ScalarNode { Kind: not ScalarKind.Null } scalar)
                return scalar.Text;
            if (node is KeyOfNode reference && byId.TryGetValue(reference.Id, out var other))
                return NameOf(other);
        }
        return KeyOf(entry);
    }

    // Without the names within the text, which follow other things than the object itself.
    string TextOf(BlueprintEntry entry) =>
        Reference().Replace(BlueprintWriter.Write(new Blueprint(null, MapNode.Empty, [entry with { Id = null }])), m => byId.TryGetValue(m.Groups["id"].Value, out var other) ? KeyOf(other) : m.Value);

    [GeneratedRegex("!KeyOf (?<id>[^\\s,\\]]+)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reference();
}
