using System.Collections;
using System.Globalization;
using System.Net;

namespace Postern.Mail.Templates;

/// <summary>The filters templates may use.</summary>
static class Filters
{
    public static object? Apply(string name, object? value, object? argument, TemplateRun run) => name switch
    {
        "default" => Condition.Truthy(value) ? value : argument,
        "default_if_none" => value ?? argument,
        "upper" => FilterExpression.Text(value).ToUpperInvariant(),
        "lower" => FilterExpression.Text(value).ToLowerInvariant(),
        "title" => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(FilterExpression.Text(value)),
        "capfirst" => FilterExpression.Text(value) is { Length: > 0 } text ? char.ToUpperInvariant(text[0]) + text[1..] : "",
        "safe" => new SafeText(FilterExpression.Text(value)),
        "escape" or "force_escape" => new SafeText(WebUtility.HtmlEncode(FilterExpression.Text(value))),
        "linebreaksbr" => new SafeText(WebUtility.HtmlEncode(FilterExpression.Text(value)).Replace("\n", "<br>", StringComparison.Ordinal)),
        "urlencode" => Uri.EscapeDataString(FilterExpression.Text(value)),
        "length" => value is string s ? (long)s.Length : value is IEnumerable many ? many.Cast<object?>().LongCount() : 0L,
        "first" => value is IEnumerable list ? list.Cast<object?>().FirstOrDefault() : null,
        "last" => value is IEnumerable list ? list.Cast<object?>().LastOrDefault() : null,
        "join" => value is IEnumerable list and not string ? string.Join(FilterExpression.Text(argument), list.Cast<object?>().Select(FilterExpression.Text)) : value,
        "yesno" => YesNo(value, FilterExpression.Text(argument)),
        "date" => value is DateTimeOffset time ? Languages.Language.Date(run.Language, time) : value,
        "trim" => FilterExpression.Text(value).Trim(),
        _ => throw new TemplateException($"Unknown filter {name}"),
    };

    static string YesNo(object? value, string words)
    {
        var choices = (words.Length > 0 ? words : "yes,no").Split(',');
        return Condition.Truthy(value) ? choices[0] : choices[Math.Min(1, choices.Length - 1)];
    }
}
