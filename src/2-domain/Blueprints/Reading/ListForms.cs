using Postern.Blueprints.Nodes;

namespace Postern.Blueprints.Reading;

/// <summary>Tags followed by a list of arguments.</summary>
internal static class ListForms
{
    public static TagForm Env(NodePlace place, IReadOnlyList<BlueprintNode> items) =>
        Named(items) is { } name ? new EnvNode(place, name, items.ElementAtOrDefault(1)) : TagForm.Wrong;

    public static TagForm File(NodePlace place, IReadOnlyList<BlueprintNode> items) =>
        Named(items) is { } path ? new FileNode(place, path, items.ElementAtOrDefault(1)) : TagForm.Wrong;

    public static TagForm Context(NodePlace place, IReadOnlyList<BlueprintNode> items) =>
        Named(items) is { } key ? new ContextNode(place, key, items.ElementAtOrDefault(1)) : TagForm.Wrong;

    public static TagForm Find(NodePlace place, IReadOnlyList<BlueprintNode> items) =>
        Conditions(items) is { } conditions ? new FindNode(place, items[0], conditions) : TagForm.Wrong;

    public static TagForm FindObject(NodePlace place, IReadOnlyList<BlueprintNode> items) =>
        Conditions(items) is { } conditions ? new FindObjectNode(place, items[0], conditions) : TagForm.Wrong;

    public static TagForm Format(NodePlace place, IReadOnlyList<BlueprintNode> items) =>
        items.Count > 0 && items[0] is ScalarNode or TagNode ? new FormatNode(place, items[0], [.. items.Skip(1)]) : TagForm.Wrong;

    public static TagForm Condition(NodePlace place, IReadOnlyList<BlueprintNode> items)
    {
        if (items.Count == 0 || items[0] is not ScalarNode mode) return TagForm.Wrong;
        if (Mode(mode.Text) is not { } parsed) return TagForm.Wrong;
        return items.Count == 1 ? "At least one value is required after mode selection." : new ConditionNode(place, parsed, [.. items.Skip(1)]);
    }

    public static TagForm If(NodePlace place, IReadOnlyList<BlueprintNode> items) =>
        items.Count is 1 or 3 ? new IfNode(place, items[0], items.ElementAtOrDefault(1), items.ElementAtOrDefault(2)) : TagForm.Wrong;

    public static TagForm Enumerate(NodePlace place, IReadOnlyList<BlueprintNode> items)
    {
        if (items.Count != 3 || items[1] is not ScalarNode { Text: var mode }) return TagForm.Wrong;
        var intoMap = mode.Equals("MAP", StringComparison.OrdinalIgnoreCase);
        if (!intoMap && !mode.Equals("SEQ", StringComparison.OrdinalIgnoreCase)) return TagForm.Wrong;
        return items[0] switch
        {
            IndexNode { Depth: 0 } or ValueNode { Depth: 0 } => LoopMessages.ReferencesItself,
            ScalarNode { Kind: not ScalarKind.Text } => LoopMessages.NotIterable,
            var source => new EnumerateNode(place, source, intoMap, items[2]),
        };
    }

    public static TagForm AtIndex(NodePlace place, IReadOnlyList<BlueprintNode> items) =>
        items.Count is 2 or 3 ? new AtIndexNode(place, items[0], items[1], items.ElementAtOrDefault(2)) : TagForm.Wrong;

    static string? Named(IReadOnlyList<BlueprintNode> items) =>
        items.Count is 1 or 2 && items[0] is ScalarNode { Text: { Length: > 0 } text } ? text : null;

    static List<FindCondition>? Conditions(IReadOnlyList<BlueprintNode> items)
    {
        if (items.Count == 0 || items[0] is not (ScalarNode { Kind: ScalarKind.Text } or TagNode)) return null;
        var conditions = new List<FindCondition>(items.Count);
        foreach (var item in items.Skip(1))
        {
            if (item is not ListNode { Items: [ScalarNode { Kind: ScalarKind.Text } or TagNode, _] pair }) return null;
            conditions.Add(new FindCondition(pair[0], pair[1]));
        }

        return conditions;
    }

    static ConditionMode? Mode(string text) => text.ToUpperInvariant() switch
    {
        "AND" => ConditionMode.And,
        "NAND" => ConditionMode.Nand,
        "OR" => ConditionMode.Or,
        "NOR" => ConditionMode.Nor,
        "XOR" => ConditionMode.Xor,
        "XNOR" => ConditionMode.Xnor,
        _ => null,
    };
}
