using System.Collections;
using System.Text;

namespace Postern.Mail.Templates;

abstract class Node
{
    public abstract void Render(StringBuilder output, TemplateRun run);

    protected static void RenderAll(IReadOnlyList<Node> nodes, StringBuilder output, TemplateRun run)
    {
        foreach (var node in nodes)
            node.Render(output, run);
        if (output.Length > TemplateRun.MaxOutput)
            throw new TemplateException("The rendered mail is too large");
    }
}

sealed class TextNode(string text) : Node
{
    public string Text => text;

    public override void Render(StringBuilder output, TemplateRun run) => output.Append(text);
}

sealed class VariableNode(string source) : Node
{
    readonly FilterExpression expression = FilterExpression.Parse(source);

    /// <summary>As it is written; translations name it so.</summary>
    public string Source => source;

    public override void Render(StringBuilder output, TemplateRun run) => output.Append(expression.Print(run));
}

sealed class BlockNode(string name, IReadOnlyList<Node> body) : Node
{
    public string BlockName => name;

    public override void Render(StringBuilder output, TemplateRun run)
    {
        var chosen = run.Blocks.GetValueOrDefault(name, this);
        chosen.RenderBody(output, run);
    }

    void RenderBody(StringBuilder output, TemplateRun run) => RenderAll(body, output, run);
}

sealed class IfNode(IReadOnlyList<(Condition? When, IReadOnlyList<Node> Body)> branches) : Node
{
    public override void Render(StringBuilder output, TemplateRun run)
    {
        foreach (var (condition, body) in branches)
        {
            if (condition?.IsTrue(run) != false)
            {
                RenderAll(body, output, run);
                return;
            }
        }
    }
}

sealed class ForNode(string variable, FilterExpression items, IReadOnlyList<Node> body, IReadOnlyList<Node> empty) : Node
{
    public override void Render(StringBuilder output, TemplateRun run)
    {
        List<object?> list = items.Evaluate(run) is IEnumerable many and not string ? [.. many.Cast<object?>()] : [];
        if (list.Count == 0)
            RenderAll(empty, output, run);
        for (var i = 0; i < list.Count; i++)
        {
            var loop = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["counter"] = (long)i + 1,
                ["counter0"] = (long)i,
                ["first"] = i == 0,
                ["last"] = i == list.Count - 1,
            };
            run.Push(new(StringComparer.Ordinal) { [variable] = list[i], ["forloop"] = loop });
            RenderAll(body, output, run);
            run.Pop();
        }
    }
}

sealed class WithNode(IReadOnlyList<(string Name, FilterExpression Value)> values, IReadOnlyList<Node> body) : Node
{
    public override void Render(StringBuilder output, TemplateRun run)
    {
        run.Push(values.ToDictionary(v => v.Name, v => v.Value.Evaluate(run), StringComparer.Ordinal));
        RenderAll(body, output, run);
        run.Pop();
    }
}

sealed class AutoescapeNode(bool on, IReadOnlyList<Node> body) : Node
{
    public override void Render(StringBuilder output, TemplateRun run)
    {
        var before = run.Escape;
        run.Escape = on;
        RenderAll(body, output, run);
        run.Escape = before;
    }
}

sealed class IncludeNode(FilterExpression name) : Node
{
    public override void Render(StringBuilder output, TemplateRun run)
    {
        var depth = run.Depth;
        run.Load(name.Evaluate(run)?.ToString() ?? "").RenderInto(output, run, depth + 1);
        run.Depth = depth;
    }
}
