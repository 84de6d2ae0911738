using Postern.Blueprints.Nodes;

namespace Postern.Blueprints.Reading;

/// <summary>The tags of the format: each knows the forms it takes, and how it is used for the message when the form is another.</summary>
internal static class Tags
{
    static readonly Dictionary<string, Tag> All = new(StringComparer.Ordinal)
    {
        ["!KeyOf"] = new("`!KeyOf id`", TextForms.KeyOf, null),
        ["!Env"] = new("`!Env NAME` or `!Env [NAME, default]`", TextForms.Env, ListForms.Env),
        ["!File"] = new("`!File path` or `!File [path, default]`", TextForms.File, ListForms.File),
        ["!Context"] = new("`!Context key` or `!Context [key, default]`", TextForms.Context, ListForms.Context),
        ["!ParseJSON"] = new("`!ParseJSON text`", TextForms.ParseJson, null),
        ["!Index"] = new("`!Index depth` with a whole number from 0", TextForms.Index, null),
        ["!Value"] = new("`!Value depth` with a whole number from 0", TextForms.Value, null),
        ["!Find"] = new("`!Find [model, [field, value]]`", null, ListForms.Find),
        ["!FindObject"] = new("`!FindObject [model, [field, value]]`", null, ListForms.FindObject),
        ["!Format"] = new("`!Format [text, argument]`", null, ListForms.Format),
        ["!Condition"] = new("`!Condition [MODE, argument]` with AND, NAND, OR, NOR, XOR or XNOR as mode", null, ListForms.Condition),
        ["!If"] = new("`!If [condition]` or `!If [condition, then, else]`", null, ListForms.If),
        ["!Enumerate"] = new("`!Enumerate [items, SEQ or MAP, body]`", null, ListForms.Enumerate),
        ["!AtIndex"] = new("`!AtIndex [items, key]` or `!AtIndex [items, key, default]`", null, ListForms.AtIndex),
    };

    public static bool Knows(string tag) => All.ContainsKey(tag);

    public static string Usage(string tag) => $"{tag} is written as {All[tag].Usage}.";

    /// <summary>A tag as a person would write it, kept short.</summary>
    public static string Show(string tag)
    {
        const string core = "tag:yaml.org,2002:";
        var shown = tag.StartsWith(core, StringComparison.Ordinal) ? $"!!{tag.AsSpan(core.Length)}" : tag;
        return shown.Length <= 60 ? shown : $"{shown.AsSpan(0, 60)}…";
    }

    public static BlueprintNode FromText(NodePlace place, string tag, string text, ProblemList problems)
    {
        var form = All[tag].FromText;
        return form is null ? Refuse(place, Usage(tag), problems) : Built(place, tag, form(place, text), problems);
    }

    public static BlueprintNode FromList(NodePlace place, string tag, IReadOnlyList<BlueprintNode> items, ProblemList problems)
    {
        var form = All[tag].FromList;
        return form is null ? Refuse(place, Usage(tag), problems) : Built(place, tag, form(place, items), problems);
    }

    static BlueprintNode Built(NodePlace place, string tag, TagForm form, ProblemList problems) =>
        form.Node ?? (BlueprintNode)Refuse(place, form.Problem ?? Usage(tag), problems);

    static ScalarNode Refuse(NodePlace place, string message, ProblemList problems)
    {
        problems.Add(place, message);
        return ScalarNode.OfNull(place);
    }

    sealed record Tag(string Usage, Func<NodePlace, string, TagForm>? FromText, Func<NodePlace, IReadOnlyList<BlueprintNode>, TagForm>? FromList);
}
