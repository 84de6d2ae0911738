using System.Net;
using System.Text;
using Postern.Mail.Languages;

namespace Postern.Mail.Templates;

/// <summary><c>{% trans "text" %}</c>: the text in the reader's language.</summary>
sealed class TransNode(FilterExpression expression, bool isLiteral) : Node
{
    public override void Render(StringBuilder output, TemplateRun run)
    {
        var text = Language.Translate(run.Language, FilterExpression.Text(expression.Evaluate(run)));
        output.Append(run.Escape && !isLiteral ? WebUtility.HtmlEncode(text) : text);
    }
}

/// <summary><c>{% blocktrans %}</c>: a sentence with values in it, which translations name <c>%(value)s</c>. A sentence without a translation is rendered as it stands.</summary>
sealed class TransBlockNode(IReadOnlyList<Node> body) : Node
{
    readonly string? sentence = body.All(n => n is TextNode or VariableNode)
        ? string.Concat(body.Select(n => n is VariableNode variable ? $"%({variable.Source})s" : ((TextNode)n).Text))
        : null;

    public override void Render(StringBuilder output, TemplateRun run)
    {
        var translated = sentence is null ? null : Language.Find(run.Language, sentence);
        if (translated is null)
        {
            RenderAll(body, output, run);
            return;
        }
        foreach (var variable in body.OfType<VariableNode>())
        {
            var value = new StringBuilder();
            variable.Render(value, run);
            translated = translated.Replace($"%({variable.Source})s", value.ToString(), StringComparison.Ordinal);
        }
        output.Append(translated);
    }
}
