using Postern.Blueprints.Nodes;

namespace Postern.Blueprints.Library;

/// <summary>
/// Puts blueprints in an order in which each finds what it looks for: what another makes (an entry's model and identifiers) or asks to be
/// applied first. Ties and circles fall back to bootstrap first, then the order given.
/// </summary>
internal static class DependencyOrder
{
    public static IReadOnlyList<T> Sort<T>(IReadOnlyList<T> items, Func<T, (string Path, Blueprint Blueprint)> read)
    {
        var nodes = items.Select(item => Describe(item, read(item))).OrderBy(node => node.IsBootstrap ? 0 : 1).ToList();
        var makers = new Dictionary<string, Node<T>>(StringComparer.Ordinal);
        foreach (var node in nodes)
        {
            foreach (var made in node.Makes)
                makers.TryAdd(made, node);
        }

        var sorted = new List<T>(items.Count);
        foreach (var node in nodes)
            Visit(node, makers, sorted);
        return sorted;
    }

    static void Visit<T>(Node<T> node, Dictionary<string, Node<T>> makers, List<T> sorted)
    {
        if (node.IsVisited)
            return;
        node.IsVisited = true;
        foreach (var needed in node.Needs)
        {
            if (makers.TryGetValue(needed, out var maker))
                Visit(maker, makers, sorted);
        }

        sorted.Add(node.Item);
    }

    static Node<T> Describe<T>(T item, (string Path, Blueprint Blueprint) source)
    {
        var (path, blueprint) = source;
        var makes = new List<string> { Instance("path", path) };
        if (blueprint.Metadata is { } metadata)
            makes.Add(Instance("name", metadata.Name));
        var needs = new List<string>();
        foreach (var entry in blueprint.Entries)
        {
            if (Importing.MetaApplyBlueprint.IsNamed((entry.Model as ScalarNode)?.Text))
                needs.AddRange(Named(entry.Attrs as MapNode));
            else
                makes.AddRange(Made(entry));
        }

        needs.AddRange(blueprint.Entries.SelectMany(entry => new[] { entry.Identifiers, entry.Attrs, entry.Conditions })
            .SelectMany(node => node.Walk()).OfType<FindTagNode>().SelectMany(Sought));
        var isBootstrap = blueprint.Metadata?.Labels.GetValueOrDefault(BlueprintLabels.SystemBootstrap) is "true";
        return new Node<T>(item, isBootstrap, makes, [.. needs.Except(makes, StringComparer.Ordinal)]);
    }

    static IEnumerable<string> Named(MapNode? attrs) => (attrs?.Find("identifiers") as MapNode)?.Pairs
        .Where(pair => pair.Value is ScalarNode).Select(pair => Instance(pair.Key, ((ScalarNode)pair.Value).Text)) ?? [];

    static IEnumerable<string> Made(BlueprintEntry entry) => entry is { Model: ScalarNode model, Identifiers: MapNode identifiers }
        ? identifiers.Pairs.Where(pair => pair.Value is ScalarNode).Select(pair => Thing(model.Text, pair.Key, ((ScalarNode)pair.Value).Text))
        : [];

    static IEnumerable<string> Sought(FindTagNode find) => find.Model is ScalarNode model
        ? find.Conditions.Where(condition => condition is { Field: ScalarNode, Value: ScalarNode })
            .Select(condition => Thing(model.Text, ((ScalarNode)condition.Field).Text, ((ScalarNode)condition.Value).Text))
        : [];

    static string Instance(string field, string value) => $"blueprint\n{field}\n{value}";

    static string Thing(string model, string field, string value) => $"{model.ToLowerInvariant()}\n{field}\n{value}";

    sealed class Node<T>(T item, bool isBootstrap, IReadOnlyList<string> makes, IReadOnlyList<string> needs)
    {
        public T Item { get; } = item;

        public bool IsBootstrap { get; } = isBootstrap;

        public IReadOnlyList<string> Makes { get; } = makes;

        public IReadOnlyList<string> Needs { get; } = needs;

        public bool IsVisited { get; set; }
    }
}
