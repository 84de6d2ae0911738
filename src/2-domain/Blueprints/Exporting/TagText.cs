using System.Globalization;
using Postern.Blueprints.Nodes;

namespace Postern.Blueprints.Exporting;

/// <summary>How each tag is written: its name, then one value or a list of arguments.</summary>
internal static class TagText
{
    const int MaxLine = 100;

    public static string Name(TagNode tag) => tag switch
    {
        KeyOfNode => "!KeyOf",
        EnvNode => "!Env",
        FileNode => "!File",
        ContextNode => "!Context",
        ParseJsonNode => "!ParseJSON",
        IndexNode => "!Index",
        ValueNode => "!Value",
        FindObjectNode => "!FindObject",
        FindNode => "!Find",
        FormatNode => "!Format",
        ConditionNode => "!Condition",
        IfNode => "!If",
        EnumerateNode => "!Enumerate",
        AtIndexNode => "!AtIndex",
        _ => throw new InvalidOperationException($"No rule writes {tag.GetType().Name}."),
    };

    /// <summary>The single value of a tag that has one; null for a tag with a list.</summary>
    public static string? Scalar(TagNode tag) => tag switch
    {
        KeyOfNode { Id: var id } => Scalars.Text(id),
        EnvNode { Default: null, Name: var name } => Scalars.Text(name),
        FileNode { Default: null, FilePath: var path } => Scalars.Text(path),
        ContextNode { Default: null, Key: var key } => Scalars.Text(key),
        ParseJsonNode { Json: var json } => Scalars.Text(json),
        IndexNode { Depth: var depth } => depth.ToString(CultureInfo.InvariantCulture),
        ValueNode { Depth: var depth } => depth.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };

    public static IReadOnlyList<BlueprintNode> Arguments(TagNode tag) => tag switch
    {
        EnvNode env => [Text(env.Name), env.Default!],
        FileNode file => [Text(file.FilePath), file.Default!],
        ContextNode context => [Text(context.Key), context.Default!],
        FindTagNode find => [find.Model, .. find.Conditions.Select(condition => new ListNode(NodePlace.None, [condition.Field, condition.Value]))],
        FormatNode format => [format.Format, .. format.Arguments],
        ConditionNode condition => [Text(condition.Mode.ToString().ToUpperInvariant()), .. condition.Arguments],
        EnumerateNode loop => [loop.Source, Text(loop.IntoMap ? "MAP" : "SEQ"), loop.Body],
        _ => tag.Children,
    };

    /// <summary>Whether the tag with its arguments is short enough to read on one line.</summary>
    public static bool FitsLine(TagNode tag) => Scalar(tag) is not null || (tag.Weight <= MaxLine && FlowText.Of(tag).Length <= MaxLine);

    static ScalarNode Text(string text) => ScalarNode.OfText(NodePlace.None, text);
}
