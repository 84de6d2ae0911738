using System.Collections;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Postern.Mail.Templates;

/// <summary>A value with filters: <c>user.name|default:"you"|upper</c>.</summary>
sealed partial class FilterExpression
{
    readonly string operand;
    readonly IReadOnlyList<(string Name, string? Argument)> filters;

    FilterExpression(string operand, IReadOnlyList<(string, string?)> filters) => (this.operand, this.filters) = (operand, filters);

    public static FilterExpression Parse(string text)
    {
        var parts = Pipe().Matches(text).Select(m => m.Value.Trim()).Where(p => p.Length > 0).ToList();
        var chain = parts.Skip(1).Select(p => p.Split(':', 2)).Select(p => (p[0].Trim(), p.Length > 1 ? p[1].Trim() : null));
        return new FilterExpression(parts.Count > 0 ? parts[0] : "", [.. chain]);
    }

    public object? Evaluate(TemplateRun run)
    {
        var value = Operand(operand, run);
        foreach (var (name, argument) in filters)
            value = Filters.Apply(name, value, argument is null ? null : Operand(argument, run), run);
        return value;
    }

    public string Print(TemplateRun run)
    {
        var value = Evaluate(run);
        var text = Text(value);
        return run.Escape && value is not SafeText ? WebUtility.HtmlEncode(text) : text;
    }

    public static string Text(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "True" : "False",
        DateTimeOffset time => time.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture),
        IEnumerable list and not string => string.Join(", ", list.Cast<object?>().Select(Text)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    static object? Operand(string text, TemplateRun run)
    {
        if (text.StartsWith("_(", StringComparison.Ordinal) && text.EndsWith(')'))
            text = text[2..^1];
        if (text.Length > 1 && text[0] is '"' or '\'' && text[^1] == text[0])
            return text[1..^1];
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return number;
        return text switch { "True" => true, "False" => false, "None" or "" => null, _ => run.Lookup(text) };
    }

    // A run without bars outside quotes.
    [GeneratedRegex("(?:\"[^\"]*\"|'[^']*'|[^|\"'])+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pipe();
}

/// <summary>Text that is HTML already.</summary>
sealed record SafeText(string Html)
{
    public override string ToString() => Html;
}
