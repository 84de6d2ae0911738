using System.Net;

namespace Postern.Web.Flow;

/// <summary>One tag of HTML text: its name, whether it ends an element, its attributes unread.</summary>
readonly record struct HtmlTag(string Name, bool IsEnd, string Attributes)
{
    static readonly System.Buffers.SearchValues<char> nameEnds = System.Buffers.SearchValues.Create("= \t\r\n\f/");

    /// <summary>Reads the tag that starts at <c>&lt;</c>; false when it is only a character.</summary>
    public static bool TryRead(ReadOnlySpan<char> at, out HtmlTag tag, out ReadOnlySpan<char> after)
    {
        tag = default;
        after = at;
        var isEnd = at is ['<', '/', ..];
        var nameStart = isEnd ? 2 : 1;
        if (at.Length <= nameStart || !(char.IsAsciiLetter(at[nameStart]) || at[nameStart] is '!' or '?'))
            return false;
        var nameEnd = nameStart + 1;
        while (nameEnd < at.Length && at[nameEnd] is not ('>' or '/') && !char.IsWhiteSpace(at[nameEnd]))
            nameEnd++;
        var close = CloseOf(at, nameEnd);
        tag = new HtmlTag(at[nameStart..nameEnd].ToString(), isEnd, at[nameEnd..Math.Min(close, at.Length)].ToString());
        after = close < at.Length ? at[(close + 1)..] : [];
        return true;
    }

    /// <summary>What follows the end tag of an element whose content is left out; nothing when it never ends.</summary>
    public static ReadOnlySpan<char> SkipContent(ReadOnlySpan<char> content, string name)
    {
        var end = content.IndexOf($"</{name}", StringComparison.OrdinalIgnoreCase);
        if (end < 0)
            return [];
        var close = content[end..].IndexOf('>');
        return close < 0 ? [] : content[(end + close + 1)..];
    }

    /// <summary>The decoded value of an attribute; the first one counts, as in browsers.</summary>
    public string? Attribute(string wanted)
    {
        var rest = Attributes.AsSpan();
        while (true)
        {
            rest = rest.TrimStart(" \t\r\n\f/");
            if (rest.IsEmpty)
                return null;
            var nameEnd = rest[1..].IndexOfAny(nameEnds) is >= 0 and var found ? found + 1 : rest.Length;
            var name = rest[..nameEnd];
            rest = rest[nameEnd..].TrimStart();
            var value = "";
            if (rest is ['=', ..])
                rest = Value(rest[1..].TrimStart(), out value);
            if (name.Equals(wanted, StringComparison.OrdinalIgnoreCase))
                return WebUtility.HtmlDecode(value);
        }
    }

    static ReadOnlySpan<char> Value(ReadOnlySpan<char> at, out string value)
    {
        if (at is ['"' or '\'', ..])
        {
            var end = at[1..].IndexOf(at[0]);
            value = (end < 0 ? at[1..] : at[1..(end + 1)]).ToString();
            return end < 0 ? [] : at[(end + 2)..];
        }
        var stop = at.IndexOfAny(" \t\r\n\f");
        value = (stop < 0 ? at : at[..stop]).ToString();
        return stop < 0 ? [] : at[stop..];
    }

    /// <summary>The place of the tag's <c>&gt;</c>, past any that stands in a quoted value.</summary>
    static int CloseOf(ReadOnlySpan<char> at, int from)
    {
        var quote = '\0';
        for (var i = from; i < at.Length; i++)
        {
            var c = at[i];
            if (quote != '\0')
                quote = c == quote ? '\0' : quote;
            else if (c is '"' or '\'' && at[..i].TrimEnd() is [.., '='])
                quote = c;
            else if (c == '>')
                return i;
        }
        return at.Length;
    }
}
