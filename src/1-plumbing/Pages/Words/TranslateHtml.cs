using System.Net;
using System.Text;

namespace Postern.Pages.Words;

/// <summary>
/// Puts the texts of a rendered page into another language: what stands between tags, and the attributes that people read or hear. Code, and what is marked
/// <c>translate="no"</c> (HTML, section 3.2.6.4) because people gave it its name, stays as it is.
/// </summary>
public static class TranslateHtml
{
    static readonly HashSet<string> spoken = new(StringComparer.OrdinalIgnoreCase) { "aria-label", "title", "placeholder", "alt", "label", "data-confirm" };
    static readonly HashSet<string> empty = new(StringComparer.OrdinalIgnoreCase)
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
    };

    // Their content is no HTML.
    static readonly HashSet<string> raw = new(StringComparer.OrdinalIgnoreCase) { "script", "style", "textarea" };
    static readonly HashSet<string> code = new(StringComparer.OrdinalIgnoreCase) { "pre", "code", "svg" };

    /// <summary>The page with every text replaced for which <paramref name="words"/> has another.</summary>
    public static string Execute(string html, Func<string, string?> words) => new Run(html, words).Execute();

    ref struct Run(string html, Func<string, string?> words)
    {
        readonly StringBuilder output = new(html.Length + (html.Length / 8));

        // Whether each open element, or one around it, is left alone.
        readonly Stack<bool> open = new();
        int at;
        bool inTitle;

        readonly bool IsLeft => open.TryPeek(out var left) && left;

        public string Execute()
        {
            while (at < html.Length)
            {
                var tag = html.IndexOf('<', at);
                if (tag < 0)
                    tag = html.Length;
                if (tag > at)
                    Text(tag);
                else if (html.AsSpan(at).StartsWith("<!--"))
                    Copy(After("-->"));
                else if (html.AsSpan(at).StartsWith("<!"))
                    Copy(After(">"));
                else if (html.AsSpan(at).StartsWith("</"))
                    Close();
                else
                    Open();
            }
            return output.ToString();
        }

        readonly int After(string end) => html.IndexOf(end, at, StringComparison.Ordinal) is >= 0 and var found ? found + end.Length : html.Length;

        void Copy(int to)
        {
            output.Append(html, at, to - at);
            at = to;
        }

        void Text(int end)
        {
            var text = html[at..end];
            at = end;
            output.Append(IsLeft ? text : Spoken(text));
        }

        void Close()
        {
            open.TryPop(out _);
            inTitle = false;
            Copy(After(">"));
        }

        void Open()
        {
            var name = Name();
            var isLeft = IsLeft || code.Contains(name) || raw.Contains(name);
            var tag = new StringBuilder("<").Append(name);
            while (at < html.Length && html[at] is not '>')
                isLeft |= Attribute(tag, isLeft);
            at = Math.Min(at + 1, html.Length);
            output.Append(tag).Append('>');
            if (empty.Contains(name) || tag[^1] == '/')
                return;
            open.Push(isLeft);
            inTitle = string.Equals(name, "title", StringComparison.OrdinalIgnoreCase);
            if (raw.Contains(name))
                Copy(html.IndexOf($"</{name}", at, StringComparison.OrdinalIgnoreCase) is >= 0 and var end ? end : html.Length);
        }

        string Name()
        {
            var start = ++at;
            while (at < html.Length && html[at] is not ('>' or '/') && !char.IsWhiteSpace(html[at]))
                at++;
            return html[start..at];
        }

        /// <summary>One attribute, or what stands between two; whether it says that the element is left alone.</summary>
        bool Attribute(StringBuilder tag, bool isLeft)
        {
            var start = at;
            while (at < html.Length && html[at] is not ('>' or '='))
            {
                if (char.IsWhiteSpace(html[at]) && at > start && !char.IsWhiteSpace(html[at - 1]))
                    break;
                at++;
            }
            var name = html[start..at];
            tag.Append(name);
            if (at + 1 >= html.Length || html[at] is not '=' || html[at + 1] is not ('"' or '\''))
            {
                if (at < html.Length && html[at] is '=')
                    tag.Append(html[at++]);
                return false;
            }
            var quote = html[at + 1];
            var from = at + 2;
            var to = html.IndexOf(quote, from) is >= 0 and var end ? end : html.Length;
            at = Math.Min(to + 1, html.Length);
            var value = html[from..to];
            var plain = name.Trim();
            tag.Append('=').Append(quote).Append(!isLeft && spoken.Contains(plain) ? Spoken(value) : value).Append(quote);
            return plain is "translate" && value is "no";
        }

        readonly string Spoken(string text)
        {
            var trimmed = text.AsSpan().Trim();
            if (trimmed.Length == 0)
                return text;
            var start = text.Length - text.AsSpan().TrimStart().Length;
            var sentence = string.Join(' ', WebUtility.HtmlDecode(trimmed.ToString()).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            return Other(sentence) is { } other ? $"{text[..start]}{Encode(other)}{text[(start + trimmed.Length)..]}" : text;
        }

        // The title of a window ends with the brand's name.
        readonly string? Other(string sentence)
        {
            if (!inTitle || sentence.LastIndexOf(" - ", StringComparison.Ordinal) is not (> 0 and var brand))
                return words(sentence);
            return words(sentence[..brand]) is { } page ? page + sentence[brand..] : null;
        }

        static string Encode(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal)
            .Replace("\"", "&quot;", StringComparison.Ordinal).Replace("'", "&#39;", StringComparison.Ordinal);
    }
}
