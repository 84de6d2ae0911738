using System.Net;
using System.Text.RegularExpressions;

namespace Postern.Mail;

/// <summary>The readable text of an HTML mail whose template has no plain-text sibling.</summary>
static partial class PlainText
{
    public static string Of(string html)
    {
        var text = Hidden().Replace(html, "");
        text = Link().Replace(text, "${text} (${url})");
        text = LineEnd().Replace(text, "\n");
        text = WebUtility.HtmlDecode(Tag().Replace(text, ""));
        return Blank().Replace(text, "\n\n").Trim();
    }

    [GeneratedRegex("<(?<name>style|script|head|title)\\b.*?</\\k<name>>", RegexOptions.Singleline | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hidden();

    [GeneratedRegex("<a\\b[^>]*href=\"(?<url>[^\"]*)\"[^>]*>(?<text>.*?)</a>", RegexOptions.Singleline | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();

    [GeneratedRegex("<br\\s*/?>|</p>|</h[1-6]>|</tr>|</div>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LineEnd();

    [GeneratedRegex("<[^>]+>", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tag();

    [GeneratedRegex("[ \\t]*\\n(?:[ \\t]*\\n)+[ \\t]*", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Blank();
}
