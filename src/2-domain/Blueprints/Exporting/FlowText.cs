using Postern.Blueprints.Nodes;

namespace Postern.Blueprints.Exporting;

/// <summary>A node on one line.</summary>
internal static class FlowText
{
    public static string Of(BlueprintNode node) => node switch
    {
        ScalarNode scalar => Scalars.Of(scalar),
        ListNode list => $"[{string.Join(", ", list.Items.Select(Of))}]",
        MapNode map => $"{{{string.Join(", ", map.Pairs.Select(pair => $"{Scalars.Key(pair.Key)}: {Of(pair.Value)}"))}}}",
        TagNode tag when TagText.Scalar(tag) is { } scalar => $"{TagText.Name(tag)} {scalar}",
        TagNode tag => $"{TagText.Name(tag)} [{string.Join(", ", TagText.Arguments(tag).Select(Of))}]",
        _ => throw new InvalidOperationException($"No rule writes {node.GetType().Name}."),
    };
}
