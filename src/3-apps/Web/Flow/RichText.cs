using System.Net;
using System.Text;

namespace Postern.Web.Flow;

/// <summary>Keeps the harmless part of administrators' HTML: a few text elements, links to the web, nothing that runs or styles.</summary>
public static class RichText
{
    static readonly HashSet<string> kept = new(StringComparer.OrdinalIgnoreCase)
    {
        "b", "i", "em", "strong", "a", "code", "br", "p", "ul", "ol", "li", "h1", "h2", "h3", "h4", "span",
    };

    // Elements whose content is not text for people.
    static readonly HashSet<string> dropped = new(StringComparer.OrdinalIgnoreCase)
    {
        "script", "style", "iframe", "object", "embed", "template", "noscript", "svg", "math", "textarea", "title", "select", "xmp", "plaintext", "noembed", "noframes",
    };

    /// <summary>Well-formed HTML holding only allowed elements; every other tag is left out, its text stays.</summary>
    public static string Sanitize(string? html)
    {
        var output = new StringBuilder();
        var open = new Stack<string>();
        var rest = html.AsSpan();
        while (!rest.IsEmpty)
        {
            var tag = rest.IndexOf('<');
            Text(output, tag < 0 ? rest : rest[..tag]);
            if (tag < 0)
                break;
            rest = Markup(rest[tag..], output, open);
        }
        while (open.TryPop(out var name))
            output.Append("</").Append(name).Append('>');
        return output.ToString();
    }

    static void Text(StringBuilder output, ReadOnlySpan<char> text)
    {
        if (!text.IsEmpty)
            output.Append(WebUtility.HtmlEncode(WebUtility.HtmlDecode(text.ToString())));
    }

    /// <summary>Handles what stands at a <c>&lt;</c> and answers what follows it.</summary>
    static ReadOnlySpan<char> Markup(ReadOnlySpan<char> at, StringBuilder output, Stack<string> open)
    {
        if (at.StartsWith("<!--"))
            return at.IndexOf("-->") is >= 0 and var end ? at[(end + 3)..] : [];
        if (!HtmlTag.TryRead(at, out var tag, out var after))
        {
            output.Append("&lt;");
            return at[1..];
        }
        if (dropped.Contains(tag.Name))
            return tag.IsEnd ? after : HtmlTag.SkipContent(after, tag.Name);
        if (kept.Contains(tag.Name))
            Keep(tag, output, open);
        return after;
    }

    static void Keep(HtmlTag tag, StringBuilder output, Stack<string> open)
    {
        var name = tag.Name.ToLowerInvariant();
        if (name is "br")
        {
            output.Append("<br>");
            return;
        }
        if (tag.IsEnd)
        {
            Close(name, output, open);
            return;
        }
        open.Push(name);
        output.Append('<').Append(name);
        if (name is "a" && SafeAddress(tag.Attribute("href")) is { } address)
            output.Append(" href=\"").Append(WebUtility.HtmlEncode(address)).Append("\" rel=\"noopener noreferrer\"");
        output.Append('>');
    }

    /// <summary>Ends an element and whatever was left open inside it; an end without a start is left out.</summary>
    static void Close(string name, StringBuilder output, Stack<string> open)
    {
        if (!open.Contains(name))
            return;
        while (open.Pop() is var inner)
        {
            output.Append("</").Append(inner).Append('>');
            if (string.Equals(inner, name, StringComparison.Ordinal))
                return;
        }
    }

    /// <summary>An address of the web or of this host; null for every other scheme and for what browsers could read as one.</summary>
    static string? SafeAddress(string? raw)
    {
        var address = raw?.Trim() ?? "";
        if (address.Length == 0 || address.Any(c => char.IsControl(c) || c == '\\'))
            return null;
        if (address[0] is '/' or '#' or '?')
            return address;
        var colon = address.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || address.AsSpan(0, colon).IndexOfAny('/', '?', '#') >= 0)
            return address;
        return address[..colon].ToUpperInvariant() is "HTTP" or "HTTPS" ? address : null;
    }
}
