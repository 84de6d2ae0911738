using System.Net;
using System.Text.RegularExpressions;

namespace Postern.Mail;

/// <summary>Both forms of a mail whose body was given as one text, plain or HTML.</summary>
public static partial class MailBody
{
    public static (string Html, string Text) Of(string body) => Element().IsMatch(body)
        ? (body, PlainText.Of(body))
        : ($"<p>{WebUtility.HtmlEncode(body).ReplaceLineEndings("<br>\n")}</p>", body);

    [GeneratedRegex("</?[a-zA-Z][^<>]*>", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Element();
}
