using System.Globalization;
using System.Text;

namespace Postern.Expressions;

/// <summary>The module `urllib.parse`.</summary>
internal static class UrlLibrary
{
    private const string AlwaysSafe = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~";

    public static HostModule Build() => new HostModule("urllib.parse")
        .Def("quote", "string, safe='/', encoding=None, errors=None", (_, a) => Quote(Raw(a[0]), Representation.Text(a[1]), plus: false))
        .Def("quote_plus", "string, safe='', encoding=None, errors=None", (_, a) => Quote(Raw(a[0]), Representation.Text(a[1]), plus: true))
        .Def("unquote", "string, encoding='utf-8', errors='replace'", (_, a) => Unquote(TypeTable.Text(a[0], "unquote")))
        .Def("unquote_plus", "string, encoding='utf-8', errors='replace'", (_, a) => Unquote(TypeTable.Text(a[0], "unquote_plus").Replace('+', ' ')))
        .Def("urlencode", "query, doseq=False, safe='', encoding=None, errors=None, quote_via=None", (_, a) => UrlEncode(a[0], Truth.Of(a[1]), Representation.Text(a[2])))
        .Def("parse_qs", "qs, keep_blank_values=False, strict_parsing=False", (_, a) => ParseMap(TypeTable.Text(a[0], "parse_qs"), Truth.Of(a[1])))
        .Def("parse_qsl", "qs, keep_blank_values=False, strict_parsing=False", (_, a) => ParsePairs(TypeTable.Text(a[0], "parse_qsl"), Truth.Of(a[1])))
        .Def("urlparse", "url, scheme='', allow_fragments=True", (_, a) => UrlParts.Parse(TypeTable.Text(a[0], "urlparse"), Representation.Text(a[1]), withParameters: true))
        .Def("urlsplit", "url, scheme='', allow_fragments=True", (_, a) => UrlParts.Parse(TypeTable.Text(a[0], "urlsplit"), Representation.Text(a[1]), withParameters: false))
        .Def("urlunparse", "components", (_, a) => UrlParts.Join(Iteration.ToArray(a[0])))
        .Def("urlunsplit", "components", (_, a) => UrlParts.Join(Iteration.ToArray(a[0])))
        .Def("urljoin", "base, url, allow_fragments=True", (_, a) => UrlParts.Combine(TypeTable.Text(a[0], "urljoin"), TypeTable.Text(a[1], "urljoin")));

    private static byte[] Raw(object? value) => value switch
    {
        ScriptBytes bytes => bytes.Array,
        string text => BytesMethods.Encode(text, "utf-8", "strict").Array,
        _ => throw TypeTable.TypeError("quote_from_bytes() expected bytes"),
    };

    public static string Quote(byte[] bytes, string safe, bool plus)
    {
        Machine.Charge(6L * bytes.Length);
        var text = new StringBuilder(bytes.Length);
        foreach (var b in bytes)
        {
            if (b == ' ' && plus)
                text.Append('+');
            else if (b < 128 && (AlwaysSafe.Contains((char)b, StringComparison.Ordinal) || safe.Contains((char)b, StringComparison.Ordinal)))
                text.Append((char)b);
            else
                text.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
        }

        return text.ToString();
    }

    public static string Unquote(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
            return text;
        Machine.Charge(4L * text.Length);
        var result = new StringBuilder();
        var bytes = new List<byte>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]))
            {
                bytes.Add(byte.Parse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                i += 2;
                continue;
            }

            Flush(result, bytes);
            result.Append(text[i]);
        }

        Flush(result, bytes);
        return result.ToString();
    }

    private static void Flush(StringBuilder result, List<byte> bytes)
    {
        if (bytes.Count == 0)
            return;
        result.Append(Encoding.UTF8.GetString(bytes.ToArray()));
        bytes.Clear();
    }

    private static string UrlEncode(object? query, bool sequences, string safe)
    {
        var pairs = query switch
        {
            ScriptDict dict => dict.Select(p => (p.Key, p.Value)),
            LiveDictionary live => live.Copy().Select(p => (p.Key, p.Value)),
            string => throw TypeTable.TypeError("not a valid non-string sequence or mapping object"),
            _ => Iteration.ToArray(query).Select(p => Iteration.ToArray(p) is [var key, var value] ? (key, value) : throw TypeTable.TypeError("not a valid non-string sequence or mapping object")),
        };
        var parts = new List<string>();
        foreach (var (key, value) in pairs)
        {
            var values = sequences && value is not (string or ScriptBytes) && value is ScriptList or ScriptTuple or ScriptSet ? Iteration.ToArray(value) : [value];
            foreach (var item in values)
                parts.Add(Part(key, safe) + "=" + Part(item, safe));
        }

        return string.Join('&', parts);
    }

    private static string Part(object? value, string safe) => Quote(value is ScriptBytes bytes ? bytes.Array : Raw(Representation.Text(value)), safe, plus: true);

    private static IEnumerable<(string Key, string Value)> Pairs(string query, bool keepBlank)
    {
        foreach (var part in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            Machine.Tick();
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var (key, value) = equals < 0 ? (part, "") : (part[..equals], part[(equals + 1)..]);
            if ((equals >= 0 || keepBlank) && (value.Length > 0 || keepBlank))
                yield return (Unquote(key.Replace('+', ' ')), Unquote(value.Replace('+', ' ')));
        }
    }

    private static ScriptDict ParseMap(string query, bool keepBlank)
    {
        var dict = new ScriptDict();
        foreach (var (key, value) in Pairs(query, keepBlank))
        {
            if (!dict.TryGetValue(key, out var list))
                dict.Set(key, list = new ScriptList());
            ((ScriptList)list!).Add(value);
        }

        return dict;
    }

    private static ScriptList ParsePairs(string query, bool keepBlank) =>
        ScriptList.Own(Pairs(query, keepBlank).Select(p => (object?)new ScriptTuple(p.Key, p.Value)).ToArray());
}
