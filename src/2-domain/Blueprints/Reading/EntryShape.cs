using Postern.Blueprints.Nodes;

namespace Postern.Blueprints.Reading;

/// <summary>Finds the parts of one entry.</summary>
internal sealed class EntryShape(ProblemList problems, ProblemList warnings)
{
    static readonly string[] Parts = ["model", "id", "state", "conditions", "identifiers", "attrs", "permissions"];

    public BlueprintEntry? Read(string? section, BlueprintNode node)
    {
        if (node is not MapNode map)
        {
            problems.Add(node.Place, "An entry is a map with `model`, `identifiers` and `attrs`.");
            return null;
        }

        foreach (var (key, value) in map.Pairs)
        {
            if (!Parts.Contains(key, StringComparer.Ordinal)) warnings.Add(value.Place, $"`{key}` is not a part of an entry and is ignored.");
        }

        if (Model(map) is not { } model) return null;
        return new BlueprintEntry(map.Place, model)
        {
            Section = section,
            Id = Id(map.Find("id")),
            State = State(map.Find("state")),
            Conditions = List(map.Find("conditions"), "conditions", "a list"),
            Identifiers = Map(map.Find("identifiers"), "identifiers"),
            Attrs = Map(map.Find("attrs"), "attrs"),
            Permissions = List(map.Find("permissions"), "permissions", "a list of maps with `permission` and `user` or `role`"),
        };
    }

    BlueprintNode? Model(MapNode map)
    {
        var node = map.Find("model");
        switch (node)
        {
            case TagNode:
                return node;
            case ScalarNode { Kind: ScalarKind.Text } scalar when IsModelName(scalar.Text):
                return node;
            case null or ScalarNode { Kind: ScalarKind.Null }:
                problems.Add(node?.Place ?? map.Place, "An entry needs a `model`.");
                return null;
            default:
                problems.Add(node.Place, "`model` is written as `app.model`, as in `authentik_core.user`.");
                return null;
        }
    }

    string? Id(BlueprintNode? node)
    {
        if (BlueprintShape.IsAbsent(node)) return null;
        if (BlueprintShape.Text(node) is { } id) return id;
        problems.Add(node!.Place, "`id` is a text.");
        return null;
    }

    BlueprintNode State(BlueprintNode? node)
    {
        switch (node)
        {
            case null:
                return ScalarNode.OfText(NodePlace.None, EntryStates.Present);
            case TagNode:
            case ScalarNode scalar when EntryStates.Parse(scalar.Text) is not null:
                return node;
            default:
                problems.Add(node.Place, $"`state` is one of {EntryStates.All}.");
                return node;
        }
    }

    BlueprintNode Map(BlueprintNode? node, string part)
    {
        if (node is MapNode or TagNode) return node;
        if (!BlueprintShape.IsAbsent(node)) problems.Add(node!.Place, $"`{part}` is a map.");
        return MapNode.Empty;
    }

    BlueprintNode List(BlueprintNode? node, string part, string form)
    {
        if (node is ListNode or TagNode) return node;
        if (!BlueprintShape.IsAbsent(node)) problems.Add(node!.Place, $"`{part}` is {form}.");
        return ListNode.Empty;
    }

    static bool IsModelName(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && dot < text.Length - 1 && text.IndexOf('.', dot + 1) < 0;
    }
}
