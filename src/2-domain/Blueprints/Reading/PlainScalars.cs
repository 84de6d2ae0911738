using System.Text.Json.Nodes;
using Postern.Blueprints.Nodes;

namespace Postern.Blueprints.Reading;

/// <summary>Gives an unquoted scalar its type by the rules of YAML 1.1 (yaml.org/type), which existing blueprints rely on.</summary>
internal static class PlainScalars
{
    // Longer texts are prose or keys, never a number that a field could hold.
    const int MaxTyped = 128;

    public static ScalarNode Resolve(NodePlace place, string text, ProblemList problems)
    {
        if (text.Length > MaxTyped) return ScalarNode.OfText(place, text);
        if (IsNull(text)) return new ScalarNode(place, ScalarKind.Null, null, text);
        if (Boolean(text) is { } truth) return new ScalarNode(place, ScalarKind.Boolean, JsonValue.Create(truth), text);
        if (Numbers.IsInteger(text)) return new ScalarNode(place, ScalarKind.Integer, Numbers.Integer(text), text);
        if (Numbers.IsFloat(text)) return Float(place, text, problems);
        return Timestamps.LooksLike(text) ? Timestamp(place, text, problems) : ScalarNode.OfText(place, text);
    }

    public static bool IsNull(string text) => text is "" or "~" or "null" or "Null" or "NULL";

    public static bool? Boolean(string text) => text switch
    {
        "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON" => true,
        "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF" => false,
        _ => null,
    };

    public static ScalarNode Float(NodePlace place, string text, ProblemList problems)
    {
        var value = Numbers.Float(text);
        if (double.IsFinite(value)) return new ScalarNode(place, ScalarKind.Float, JsonValue.Create(value), text);
        problems.Add(place, $"`{text}` is not a number that can be stored. Write it in quotes if it is meant as text.");
        return ScalarNode.OfNull(place);
    }

    public static ScalarNode Timestamp(NodePlace place, string text, ProblemList problems)
    {
        if (Timestamps.ToIso(text) is { } iso) return new ScalarNode(place, ScalarKind.Timestamp, JsonValue.Create(iso), text);
        problems.Add(place, $"`{text}` is not a date that exists. Write it in quotes if it is meant as text.");
        return ScalarNode.OfNull(place);
    }
}
