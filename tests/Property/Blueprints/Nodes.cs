using System.Globalization;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Postern.Blueprints.Nodes;

namespace Postern.Tests.Property.Blueprints;

/// <summary>Makes trees of values and tags, and compares them.</summary>
internal static class Nodes
{
    public static Gen<BlueprintNode> Any(int depth) => depth == 0 ? Leaf() : Gen.OneOf(Leaf(), List(depth), Map(depth).Select(map => (BlueprintNode)map), Tag(depth));

    public static Gen<MapNode> Map(int depth) =>
        from pairs in Gen.Zip(Text(), Any(depth - 1)).ListOf().Resize(4)
        select new MapNode(NodePlace.None, [.. pairs.DistinctBy(pair => pair.Item1, StringComparer.Ordinal).Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2))]);

    public static bool AreEqual(BlueprintNode left, BlueprintNode right) =>
        left.GetType() == right.GetType() && Own(left).Equals(Own(right), StringComparison.Ordinal) && left.Children.Count == right.Children.Count
        && left.Children.Zip(right.Children).All(pair => AreEqual(pair.First, pair.Second));

    static string Own(BlueprintNode node) => node switch
    {
        // 1 and 1.0 are one number, and so are 0 and -0.
        ScalarNode { Kind: ScalarKind.Float } scalar => $"{double.Parse(scalar.ToJson()!.ToJsonString(), CultureInfo.InvariantCulture) + 0.0:R}",
        ScalarNode scalar => $"{scalar.Kind} {scalar.ToJson()?.ToJsonString()}",
        MapNode map => string.Join('\0', map.Pairs.Select(pair => pair.Key)),
        KeyOfNode tag => tag.Id,
        EnvNode tag => tag.Name,
        FileNode tag => tag.FilePath,
        ContextNode tag => tag.Key,
        ParseJsonNode tag => tag.Json,
        ConditionNode tag => tag.Mode.ToString(),
        EnumerateNode tag => tag.IntoMap.ToString(),
        IndexNode tag => $"{tag.Depth}",
        ValueNode tag => $"{tag.Depth}",
        _ => "",
    };

    static Gen<BlueprintNode> Leaf() => Gen.OneOf(
        Text().Select(text => (BlueprintNode)ScalarNode.OfText(NodePlace.None, text)),
        Gen.Constant<BlueprintNode>(ScalarNode.OfNull(NodePlace.None)),
        ArbMap.Default.GeneratorFor<bool>().Select(value => NodeJson.ToNode(JsonValue.Create(value))),
        ArbMap.Default.GeneratorFor<long>().Select(value => NodeJson.ToNode(JsonValue.Create(value))),
        ArbMap.Default.GeneratorFor<NormalFloat>().Select(value => NodeJson.ToNode(JsonNode.Parse(value.Get.ToString("0.0###############", CultureInfo.InvariantCulture)))));

    static Gen<BlueprintNode> List(int depth) => Items(depth).Select(items => (BlueprintNode)new ListNode(NodePlace.None, items));

    static Gen<List<BlueprintNode>> Items(int depth) => Any(depth - 1).ListOf().Resize(4).Select(items => items.ToList());

    static Gen<BlueprintNode> Tag(int depth)
    {
        var inner = Any(depth - 1);
        var name = Text().Where(text => text.Length > 0);
        var model = Gen.Constant<BlueprintNode>(ScalarNode.OfText(NodePlace.None, "a.b"));
        return Gen.OneOf(
            name.Select(text => (BlueprintNode)new KeyOfNode(NodePlace.None, text)),
            Gen.Zip(name, inner).Select(pair => (BlueprintNode)new EnvNode(NodePlace.None, pair.Item1, pair.Item2)),
            name.Select(text => (BlueprintNode)new FileNode(NodePlace.None, text, null)),
            Gen.Zip(name, inner).Select(pair => (BlueprintNode)new ContextNode(NodePlace.None, pair.Item1, pair.Item2)),
            Gen.Constant<BlueprintNode>(new ParseJsonNode(NodePlace.None, """{"a": [1, "b: c"]}""")),
            Gen.Zip(model, inner).Select(pair => (BlueprintNode)new FindNode(NodePlace.None, pair.Item1, [new FindCondition(pair.Item1, pair.Item2)])),
            Gen.Zip(model, inner).Select(pair => (BlueprintNode)new FindObjectNode(NodePlace.None, pair.Item1, [new FindCondition(pair.Item1, pair.Item2)])),
            Gen.Zip(model, Items(depth)).Select(pair => (BlueprintNode)new FormatNode(NodePlace.None, pair.Item1, pair.Item2)),
            Gen.Zip(inner, Items(depth)).Select(pair => (BlueprintNode)new ConditionNode(NodePlace.None, ConditionMode.Xnor, [pair.Item1, .. pair.Item2])),
            Gen.Zip(inner, Gen.Zip(inner, inner)).Select(all => (BlueprintNode)new IfNode(NodePlace.None, all.Item1, all.Item2.Item1, all.Item2.Item2)),
            Gen.Zip(Items(depth), inner).Select(pair => (BlueprintNode)new EnumerateNode(NodePlace.None, new ListNode(NodePlace.None, pair.Item1), true, pair.Item2)),
            Gen.Choose(0, 9).Select(number => (BlueprintNode)new IndexNode(NodePlace.None, number)),
            Gen.Choose(0, 9).Select(number => (BlueprintNode)new ValueNode(NodePlace.None, number)),
            Gen.Zip(inner, inner).Select(pair => (BlueprintNode)new AtIndexNode(NodePlace.None, pair.Item1, pair.Item2, null)));
    }

    // Texts with a leaning to what YAML cares about; no zero character and no half of a surrogate pair, which are refused on reading.
    static Gen<string> Text()
    {
        var pieces = Gen.Elements(
            "a", "Z", "9", " ", "  ", "\n", "\n\n", "\t", "\r", ":", ": ", "#", " #", "-", "- ", "?", "!", "&", "*", "|", ">", "'", "\"", "\\", "%", "@", "`", ",", "[", "]",
            "{", "}", "=", "<<", "~", "null", "true", "yes", "1", "1.5", "12:30", "2028-12-31", "---", "...", "é", "–", "\u2028", "\u0085", "\uFEFF", "\U0001F600", "\u0001", "long words that go on and on");
        return Gen.OneOf(pieces.ListOf().Resize(8).Select(string.Concat), pieces);
    }
}
