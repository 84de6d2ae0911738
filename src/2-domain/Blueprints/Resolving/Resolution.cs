using System.Text.Json.Nodes;
using Postern.Blueprints.Nodes;

namespace Postern.Blueprints.Resolving;

/// <summary>One walk over a node: dispatch by kind of node, with depth and budget watched.</summary>
internal sealed partial class Resolution(
    BlueprintSources sources,
    MapNode context,
    BlueprintEntry entry,
    int maxDepth,
    Budget budget,
    ProblemList problems,
    ProblemList warnings,
    CancellationToken cancellation)
{
    int depth;
    // Above zero while only the truth of a value counts.
    int tests;

    public async ValueTask<Resolved> TestAsync(BlueprintNode node)
    {
        tests++;
        var value = await ResolveAsync(node);
        tests--;
        return value;
    }

    public async ValueTask<Resolved> ResolveAsync(BlueprintNode node)
    {
        cancellation.ThrowIfCancellationRequested();
        if (!budget.Visit()) return Exhausted(node);
        if (depth >= maxDepth) return Fail(node, $"Tags lead through more than {maxDepth} levels.");
        depth++;
        var value = await DispatchAsync(node);
        depth--;
        return value;
    }

    ValueTask<Resolved> DispatchAsync(BlueprintNode node) => node switch
    {
        ScalarNode scalar => ValueTask.FromResult(Produced(node, scalar.ToJson())),
        MapNode map => MapAsync(map),
        ListNode list => ListAsync(list),
        KeyOfNode tag => ValueTask.FromResult(KeyOf(tag)),
        EnvNode tag => EnvAsync(tag),
        FileNode tag => FileAsync(tag),
        ContextNode tag => ContextAsync(tag),
        FindTagNode tag => FindAsync(tag),
        FormatNode tag => FormatAsync(tag),
        ConditionNode tag => ConditionAsync(tag),
        IfNode tag => IfAsync(tag),
        EnumerateNode tag => EnumerateAsync(tag),
        IndexNode tag => ValueTask.FromResult(FromLoop(tag, "Index", tag.Depth, frame => frame.Index)),
        ValueNode tag => ValueTask.FromResult(FromLoop(tag, "Value", tag.Depth, frame => frame.Value)),
        AtIndexNode tag => AtIndexAsync(tag),
        ParseJsonNode tag => ValueTask.FromResult(Produced(tag, JsonNode.Parse(tag.Json))),
        _ => throw new InvalidOperationException($"No rule resolves {node.GetType().Name}."),
    };

    async ValueTask<Resolved> MapAsync(MapNode map)
    {
        var resolved = new JsonObject();
        var isFailed = false;
        foreach (var (key, node) in map.Pairs)
        {
            if (!budget.Produce(key.Length)) return Exhausted(node);
            var value = await ResolveAsync(node);
            isFailed |= value.IsFailed;
            resolved[key] = value.Value;
        }

        return isFailed ? Resolved.Failed : Resolved.Of(resolved);
    }

    async ValueTask<Resolved> ListAsync(ListNode list)
    {
        var resolved = await AllAsync(list.Items);
        return resolved is null ? Resolved.Failed : Resolved.Of(new JsonArray([.. resolved]));
    }

    /// <summary>Every value, or null when one failed; the others are resolved all the same, for their problems.</summary>
    async ValueTask<List<JsonNode?>?> AllAsync(IReadOnlyList<BlueprintNode> nodes)
    {
        var values = new List<JsonNode?>(nodes.Count);
        var isFailed = false;
        foreach (var node in nodes)
        {
            var value = await ResolveAsync(node);
            isFailed |= value.IsFailed;
            values.Add(value.Value);
        }

        return isFailed ? null : values;
    }

    Resolved Produced(BlueprintNode node, JsonNode? value) => budget.Produce(value) ? Resolved.Of(value) : Exhausted(node);

    Resolved Fail(BlueprintNode node, string problem)
    {
        problems.Add(node.Place, problem);
        return Resolved.Failed;
    }

    // Said once, wherever it happens first; everything after that fails without a word.
    Resolved Exhausted(BlueprintNode node)
    {
        var reason = budget.Exceeded!;
        if (!problems.All.Any(problem => problem.Message.Equals(reason, StringComparison.Ordinal))) problems.Add(node.Place, reason);
        return Resolved.Failed;
    }
}
