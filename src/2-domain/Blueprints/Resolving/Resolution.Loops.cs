using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Postern.Blueprints.Nodes;

namespace Postern.Blueprints.Resolving;

// !Enumerate and the tags that read its items.
internal sealed partial class Resolution
{
    readonly List<LoopFrame> loops = [];

    async ValueTask<Resolved> EnumerateAsync(EnumerateNode tag)
    {
        // The loop stands on the stack while its own source is resolved: depth 0 there means this loop, 1 the one around it.
        loops.Add(new LoopFrame());
        var result = await EnumerateInsideAsync(tag);
        loops.RemoveAt(loops.Count - 1);
        return result;
    }

    async ValueTask<Resolved> EnumerateInsideAsync(EnumerateNode tag)
    {
        var source = await ResolveAsync(tag.Source);
        if (source.IsFailed) return Resolved.Failed;
        if (Items(source.Value) is not { } items) return Fail(tag, LoopMessages.NotIterable);

        var list = new JsonArray();
        var map = new JsonObject();
        var isFailed = false;
        foreach (var item in items)
        {
            if (budget.Exceeded is not null) return Exhausted(tag);
            loops[^1] = item;
            var body = await ResolveAsync(tag.Body);
            isFailed |= body.IsFailed;
            if (body.IsFailed) continue;
            if (!tag.IntoMap) list.Add(body.Value);
            else isFailed |= !MergeInto(map, body.Value, tag);
        }

        if (isFailed) return Resolved.Failed;
        return Resolved.Of(tag.IntoMap ? map : list);
    }

    bool MergeInto(JsonObject map, JsonNode? body, EnumerateNode tag)
    {
        switch (body)
        {
            case JsonObject pairs:
                JsonMerge.Into(map, pairs);
                return true;
            case JsonArray { Count: >= 2 } pair when KeyText(pair[0]) is { } key:
                JsonMerge.Into(map, new JsonObject { [key] = pair[1]?.DeepClone() });
                return true;
            default:
                Fail(tag.Body, $"Invalid Enumerate item found: {Short(PythonText.Str(body))}");
                return false;
        }
    }

    Resolved FromLoop(TagNode tag, string name, int depth, Func<LoopFrame, JsonNode?> part)
    {
        if (loops.Count == 0) return Fail(tag, $"{name} tags are only usable inside an Enumerate tag");
        if (depth >= loops.Count)
        {
            return Fail(tag, string.Create(CultureInfo.InvariantCulture, $"{name} tag: invalid depth: {depth}. Max depth: {loops.Count - 1}"));
        }

        var frame = loops[loops.Count - 1 - depth];
        return frame.IsRunning ? Produced(tag, part(frame)?.DeepClone()) : Fail(tag, LoopMessages.ReferencesItself);
    }

    static IEnumerable<LoopFrame>? Items(JsonNode? source) => source switch
    {
        JsonArray list => list.Select((value, index) => new LoopFrame(JsonValue.Create(index), value)),
        JsonObject map => map.Select(pair => new LoopFrame(JsonValue.Create(pair.Key), pair.Value)),
        JsonValue text when text.GetValueKind() == JsonValueKind.String => text.GetValue<string>().EnumerateRunes()
            .Select((rune, index) => new LoopFrame(JsonValue.Create(index), JsonValue.Create(rune.ToString()))),
        _ => null,
    };

    readonly record struct LoopFrame(JsonNode? Index, JsonNode? Value)
    {
        // An item always has an index; a loop that has none yet is still looking at its source.
        public bool IsRunning => Index is not null;
    }
}
