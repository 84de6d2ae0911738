using Postern.Blueprints.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Postern.Blueprints.Reading;

/// <summary>Turns parser events into nodes, with the guards against deep, huge, recursive and exploding files.</summary>
internal sealed class NodeReader(IParser parser, BlueprintLimits limits, ProblemList problems)
{
    readonly Dictionary<string, BlueprintNode?> anchors = new(StringComparer.Ordinal);
    int count;
    long expanded;
    // Set by a guard. Reading then ends at once: going through the rest of a hostile file costs the scanner quadratic time.
    bool stopped;

    /// <summary>The one document of the stream; null when there is none.</summary>
    public BlueprintNode? ReadDocument()
    {
        parser.Consume<StreamStart>();
        if (!parser.TryConsume<DocumentStart>(out _))
        {
            problems.Add(NodePlace.Root(1, 1), "The file is empty.");
            return null;
        }

        var root = Read(NodePlace.Root, 0);
        if (stopped) return null;
        parser.Consume<DocumentEnd>();
        if (parser.Accept<DocumentStart>(out var second))
        {
            problems.Add(NodePlace.Root((int)second.Start.Line, (int)second.Start.Column), "Only one document per file is allowed.");
        }

        return root;
    }

    BlueprintNode Read(Func<int, int, NodePlace> at, int depth)
    {
        var start = parser.Require<ParsingEvent>().Start;
        var place = at((int)start.Line, (int)start.Column);
        if (parser.TryConsume<AnchorAlias>(out var alias)) return Alias(alias.Value.Value, place);
        if (++count > limits.MaxNodes) return Stop(place, $"A blueprint may hold at most {limits.MaxNodes} values.");
        if (depth > limits.MaxDepth) return Stop(place, $"Values may be nested at most {limits.MaxDepth} deep.");

        var anchor = parser.Require<NodeEvent>().Anchor;
        if (anchor.IsEmpty) return ReadNode(place, depth);
        // Null marks an anchor whose node is still being read: an alias to it would be recursive.
        anchors[anchor.Value] = null;
        var node = ReadNode(place, depth);
        anchors[anchor.Value] = node;
        return node;
    }

    BlueprintNode ReadNode(NodePlace place, int depth)
    {
        if (parser.TryConsume<Scalar>(out var scalar)) return new ScalarReader(problems).Read(place, scalar);
        var tag = parser.Require<NodeEvent>().Tag;
        if (parser.TryConsume<MappingStart>(out _)) return Tagged(tag, ReadMap(place, depth), "tag:yaml.org,2002:map");
        parser.Consume<SequenceStart>();
        var items = new List<BlueprintNode>();
        while (!stopped && !parser.TryConsume<SequenceEnd>(out _))
        {
            var index = items.Count;
            items.Add(Read((line, column) => place.Item(index, line, column), depth + 1));
        }

        if (!tag.IsEmpty && Tags.Knows(tag.Value)) return Tags.FromList(place, tag.Value, items, problems);
        return Tagged(tag, new ListNode(place, items), "tag:yaml.org,2002:seq");
    }

    MapNode ReadMap(NodePlace place, int depth)
    {
        var pairs = new MapBuilder(place, problems);
        while (!stopped && !parser.TryConsume<MappingEnd>(out _))
        {
            var start = parser.Require<ParsingEvent>().Start;
            var keyPlace = place.Key("?", (int)start.Line, (int)start.Column);
            var isMerge = parser.Accept<Scalar>(out var scalar) && scalar is { Style: ScalarStyle.Plain, Value: "<<", Tag.IsEmpty: true };
            var key = Read((_, _) => keyPlace, depth + 1);
            if (stopped) break;
            if (isMerge)
            {
                var source = Read((line, column) => place.Key("<<", line, column), depth + 1);
                if (!stopped) pairs.Merge(source);
                continue;
            }

            var name = MapKeys.Text(key);
            var value = Read((line, column) => place.Key(name ?? "?", line, column), depth + 1);
            if (name is null) problems.Add(keyPlace, "A key must be a plain value, without a tag.");
            else pairs.Add(name, place.Key(name, keyPlace.Line, keyPlace.Column), value);
        }

        return pairs.Build();
    }

    BlueprintNode Alias(string name, NodePlace place)
    {
        if (!anchors.TryGetValue(name, out var target))
        {
            problems.Add(place, $"No anchor named `{name}` stands before this alias.");
            return ScalarNode.OfNull(place);
        }

        if (target is null)
        {
            problems.Add(place, $"The alias `{name}` contains itself.");
            return ScalarNode.OfNull(place);
        }

        expanded = BlueprintNode.SaturatingAdd(expanded, target.Weight);
        if (expanded <= limits.MaxExpansion) return target;
        return Stop(place, $"Aliases expand to more than {limits.MaxExpansion} values and characters.");
    }

    BlueprintNode Tagged(TagName tag, BlueprintNode node, string natural)
    {
        if (tag.IsEmpty || tag.IsNonSpecific || tag.Value.Equals(natural, StringComparison.Ordinal)) return node;
        problems.Add(node.Place, Tags.Knows(tag.Value) ? Tags.Usage(tag.Value) : $"Unknown tag `{Tags.Show(tag.Value)}`.");
        return ScalarNode.OfNull(node.Place);
    }

    ScalarNode Stop(NodePlace place, string problem)
    {
        stopped = true;
        problems.Add(place, problem);
        return ScalarNode.OfNull(place);
    }
}
