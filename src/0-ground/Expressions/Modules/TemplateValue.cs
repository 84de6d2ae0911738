using System.Text.RegularExpressions;

namespace Postern.Expressions;

/// <summary>string.Template.</summary>
internal sealed partial class TemplateValue(string template) : NativeObject
{
    public static readonly ScriptType TemplateType = new ScriptType("Template") { Module = "string" }
        .New("template", (_, a) => new TemplateValue(TypeTable.Text(a[0], "Template")))
        .Method("substitute", "mapping=?, /, **kws", (_, a) => ((TemplateValue)a[0]!).Fill(a, strict: true))
        .Method("safe_substitute", "mapping=?, /, **kws", (_, a) => ((TemplateValue)a[0]!).Fill(a, strict: false))
        .Getter("template", t => ((TemplateValue)t).Source);

    private string Source { get; } = template;

    protected internal override ScriptType Type => TemplateType;

    private string Fill(ReadOnlySpan<object?> a, bool strict)
    {
        var values = DictMethods.Update(new ScriptDict(), a[1], (ScriptDict)a[2]!);
        return Placeholder().Replace(Source, match =>
        {
            Machine.Tick(8);
            if (match.Groups["escaped"].Success)
                return "$";
            var name = match.Groups["named"].Success ? match.Groups["named"].Value : match.Groups["braced"].Value;
            if (name.Length > 0 && values.TryGetValue(name, out var value))
                return Representation.Text(value);
            if (!strict)
                return match.Value;
            throw name.Length > 0
                ? new ScriptException(ExceptionTypes.KeyError, name)
                : TypeTable.ValueError($"Invalid placeholder in string: line 1, col {match.Index + 1}");
        });
    }

    [GeneratedRegex(@"\$(?:(?<escaped>\$)|(?<named>[_a-zA-Z][_a-zA-Z0-9]*)|\{(?<braced>[_a-zA-Z][_a-zA-Z0-9]*)\}|)", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Placeholder();
}
