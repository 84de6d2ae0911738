using System.Text;

namespace Postern.Mail.Templates;

/// <summary>
/// A mail template in the Django template language's everyday subset, so that templates written for the reference keep working: variables with filters,
/// <c>if</c>, <c>for</c>, <c>block</c>/<c>extends</c>, <c>include</c>, <c>with</c>, <c>trans</c>/<c>blocktrans</c>, <c>autoescape</c>, comments.
/// </summary>
public sealed class Template
{
    readonly IReadOnlyList<Node> nodes;
    readonly string? parent;

    Template(string name, IReadOnlyList<Node> nodes, string? parent) => (Name, this.nodes, this.parent) = (name, nodes, parent);

    public string Name { get; }

    /// <summary>Parses a template; blocks are collected so that a child can replace them.</summary>
    /// <exception cref="TemplateException">The text is no template; names the line.</exception>
    public static Template Parse(string name, string text)
    {
        var parser = new TemplateParser(name, text);
        return new Template(name, parser.ParseAll(), parser.Parent);
    }

    /// <summary>Renders with the given values in a language that the product speaks. HTML templates escape what they print unless told otherwise.</summary>
    /// <exception cref="TemplateException">An included or extended template is missing, or the output grows without bound.</exception>
    public string Render(IReadOnlyDictionary<string, object?> values, ITemplateSource source, string language = Languages.Language.Standard)
    {
        var run = new TemplateRun(values, source, language, escape: Name.EndsWith(".html", StringComparison.Ordinal));
        var output = new StringBuilder();
        RenderInto(output, run, depth: 0);
        return output.ToString();
    }

    internal void RenderInto(StringBuilder output, TemplateRun run, int depth)
    {
        if (depth > 10)
            throw new TemplateException($"{Name}: templates extend or include each other without end");
        run.Depth = depth;
        if (parent is null)
        {
            foreach (var node in nodes)
                node.Render(output, run);
            return;
        }
        foreach (var block in nodes.OfType<BlockNode>())
            run.Blocks.TryAdd(block.BlockName, block);
        run.Load(parent).RenderInto(output, run, depth + 1);
    }
}

/// <summary>Finds templates by name, such as <c>email/invitation.html</c>.</summary>
public interface ITemplateSource
{
    /// <summary>The template, or null when there is none of that name.</summary>
    Template? Find(string name);
}

/// <summary>A template that cannot be parsed or rendered.</summary>
public sealed class TemplateException(string message) : Exception(message);
