using System.Text;
using Postern.Blueprints.Nodes;

namespace Postern.Blueprints.Exporting;

/// <summary>Writes nodes in block style with two spaces a level, so that a change shows as the lines it changes.</summary>
internal sealed class YamlWriter(StringBuilder text)
{
    /// <summary>A key with its value, at an indentation, ending the line.</summary>
    public void Pair(int indent, string key, BlueprintNode value)
    {
        text.Append(' ', indent);
        Key(indent, key);
        Value(indent, value);
    }

    // A key beyond this length is read only when it is announced with a question mark (YAML 1.1, section 7.4.2).
    void Key(int indent, string key)
    {
        const int maxSimple = 1000;
        var spelled = Scalars.Key(key);
        if (spelled.Length <= maxSimple) text.Append(spelled).Append(':');
        else text.Append("? ").Append(spelled).Append('\n').Append(' ', indent).Append(':');
    }

    // What follows "key:", "-" or a tag: on the same line when it fits there, else below it.
    void Value(int indent, BlueprintNode node)
    {
        switch (node)
        {
            case MapNode { Pairs.Count: > 0 } map:
                text.Append('\n');
                foreach (var (key, value) in map.Pairs) Pair(indent + 2, key, value);
                break;
            case ListNode { Items.Count: > 0 } list:
                text.Append('\n');
                Items(indent + 2, list.Items);
                break;
            case ScalarNode { Kind: ScalarKind.Text } scalar when Scalars.FitsBlock(scalar.Text):
                Block(indent + 2, scalar.Text);
                break;
            case TagNode tag when !TagText.FitsLine(tag):
                text.Append(' ').Append(TagText.Name(tag)).Append('\n');
                Items(indent + 2, TagText.Arguments(tag));
                break;
            default:
                text.Append(' ').Append(FlowText.Of(node)).Append('\n');
                break;
        }
    }

    // Lists in lists start beside the outer dash.
    void Items(int indent, IReadOnlyList<BlueprintNode> items, bool isBesideDash = false)
    {
        for (var i = 0; i < items.Count; i++)
        {
            text.Append(' ', isBesideDash && i == 0 ? 1 : indent).Append('-');
            if (items[i] is MapNode { Pairs.Count: > 0 } map) Compact(indent, map);
            else if (items[i] is ListNode { Items.Count: > 0 } list) Items(indent + 2, list.Items, isBesideDash: true);
            else Value(indent, items[i]);
        }
    }

    // The first key of a map stands beside the dash.
    void Compact(int indent, MapNode map)
    {
        var isFirst = true;
        foreach (var (key, value) in map.Pairs)
        {
            if (isFirst) text.Append(' ');
            else text.Append(' ', indent + 2);
            isFirst = false;
            Key(indent + 2, key);
            Value(indent + 2, value);
        }
    }

    void Block(int indent, string value)
    {
        text.Append(" |").Append(Scalars.Chomping(value)).Append('\n');
        var body = value.EndsWith('\n') ? value[..^1] : value;
        foreach (var line in body.Split('\n'))
        {
            if (line.Length > 0) text.Append(' ', indent).Append(line);
            text.Append('\n');
        }
    }
}
