using System.Text.Json.Nodes;
using Postern.Blueprints.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Postern.Blueprints.Reading;

/// <summary>Reads one scalar event: plain ones by their looks, quoted ones as text, tagged ones by their tag.</summary>
internal sealed class ScalarReader(ProblemList problems)
{
    const string Core = "tag:yaml.org,2002:";

    public BlueprintNode Read(NodePlace place, Scalar scalar)
    {
        if (!Characters.IsStorable(scalar.Value))
        {
            problems.Add(place, "The value holds a character that cannot be stored, such as U+0000.");
            return ScalarNode.OfNull(place);
        }

        if (scalar.Tag.IsEmpty)
        {
            return scalar.Style == ScalarStyle.Plain ? PlainScalars.Resolve(place, scalar.Value, problems) : ScalarNode.OfText(place, scalar.Value);
        }

        if (scalar.Tag.IsNonSpecific) return ScalarNode.OfText(place, scalar.Value);
        var tag = scalar.Tag.Value;
        if (Tags.Knows(tag)) return Tags.FromText(place, tag, scalar.Value, problems);
        return tag.StartsWith(Core, StringComparison.Ordinal) ? Typed(place, tag, scalar.Value) : Refuse(place, $"Unknown tag `{Tags.Show(tag)}`.");
    }

    // An explicit type such as !!str: the value must have the form of that type.
    ScalarNode Typed(NodePlace place, string tag, string text)
    {
        var type = tag[Core.Length..];
        if (type is "str") return ScalarNode.OfText(place, text);
        if (text.Length <= 128)
        {
            if (type is "null" && PlainScalars.IsNull(text)) return ScalarNode.OfNull(place);
            if (type is "bool" && PlainScalars.Boolean(text) is { } truth) return new ScalarNode(place, ScalarKind.Boolean, JsonValue.Create(truth), text);
            if (type is "int" && Numbers.IsInteger(text)) return new ScalarNode(place, ScalarKind.Integer, Numbers.Integer(text), text);
            if (type is "float" && (Numbers.IsFloat(text) || Numbers.IsInteger(text))) return PlainScalars.Float(place, text, problems);
            if (type is "timestamp" && Timestamps.LooksLike(text)) return PlainScalars.Timestamp(place, text, problems);
        }

        var isKnown = type is "null" or "bool" or "int" or "float" or "timestamp";
        return Refuse(place, isKnown ? $"The value is not of the type `!!{type}`." : $"Unknown tag `{Tags.Show(tag)}`.");
    }

    ScalarNode Refuse(NodePlace place, string message)
    {
        problems.Add(place, message);
        return ScalarNode.OfNull(place);
    }
}
