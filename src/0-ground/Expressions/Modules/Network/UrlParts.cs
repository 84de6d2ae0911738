using System.Globalization;

namespace Postern.Expressions;

/// <summary>Taking URLs apart and putting them together (RFC 3986, as urllib.parse reads it).</summary>
internal static class UrlParts
{
    private static readonly NamedTupleType Parsed = Declare("ParseResult", ["scheme", "netloc", "path", "params", "query", "fragment"]);
    private static readonly NamedTupleType Split = Declare("SplitResult", ["scheme", "netloc", "path", "query", "fragment"]);

    private static NamedTupleType Declare(string name, string[] fields)
    {
        var kind = new NamedTupleType(name, fields, []);
        for (var i = 0; i < fields.Length; i++)
        {
            var index = i;
            kind.Type.Getter(fields[i], t => ((ScriptTuple)t)[index]);
        }

        kind.Type
            .Getter("hostname", t => Host(t).Name)
            .Getter("port", t => Host(t).Port)
            .Getter("username", t => User(t, 0))
            .Getter("password", t => User(t, 1))
            .Method("geturl", "", (_, a) => Join(((ScriptTuple)a[0]!).Array))
            .Method("_replace", "**kwds", (_, a) => Replace((ScriptTuple)a[0]!, (ScriptDict)a[1]!));
        return kind;
    }

    private static ScriptTuple Replace(ScriptTuple tuple, ScriptDict values)
    {
        var items = tuple.Items.ToArray();
        foreach (var (key, value) in values)
        {
            var index = Array.IndexOf(tuple.Named!.Fields, (string)key!);
            items[index >= 0 ? index : throw TypeTable.ValueError($"Got unexpected field names: [{Representation.Of(key)}]")] = value;
        }

        return new ScriptTuple(items, tuple.Named!);
    }

    public static ScriptTuple Parse(string url, string scheme, bool withParameters)
    {
        url = url.Trim().Replace("\t", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal);
        var authority = "";
        string fragment = "", query = "", parameters = "";
        var colon = url.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && char.IsAsciiLetter(url[0]) && url[..colon].All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.'))
            (scheme, url) = (url[..colon].ToLowerInvariant(), url[(colon + 1)..]);
        if (url.StartsWith("//", StringComparison.Ordinal))
        {
            var end = url.AsSpan(2).IndexOfAny('/', '?', '#');
            (authority, url) = end < 0 ? (url[2..], "") : (url.Substring(2, end), url[(end + 2)..]);
            if (authority.Contains('[', StringComparison.Ordinal) != authority.Contains(']', StringComparison.Ordinal))
                throw TypeTable.ValueError("Invalid IPv6 URL");
        }

        (url, fragment) = Cut(url, '#');
        (url, query) = Cut(url, '?');
        if (!withParameters)
            return new ScriptTuple([scheme, authority, url, query, fragment], Split);
        if (scheme is "" or "ftp" or "hdl" or "prospero" or "http" or "imap" or "https" or "shttp" or "rtsp" or "rtspu" or "sip" or "sips" or "mms" or "sftp" or "tel")
        {
            var slash = url.LastIndexOf('/');
            var semicolon = url.IndexOf(';', Math.Max(0, slash));
            if (semicolon >= 0)
                (url, parameters) = (url[..semicolon], url[(semicolon + 1)..]);
        }

        return new ScriptTuple([scheme, authority, url, parameters, query, fragment], Parsed);
    }

    private static (string Before, string After) Cut(string text, char at)
    {
        var index = text.IndexOf(at, StringComparison.Ordinal);
        return index < 0 ? (text, "") : (text[..index], text[(index + 1)..]);
    }

    private static string Authority(object tuple) => (string)((ScriptTuple)tuple)[1]!;

    private static (object? Name, object? Port) Host(object tuple)
    {
        var host = Authority(tuple);
        host = host[(host.LastIndexOf('@') + 1)..];
        var close = host.StartsWith('[') ? host.IndexOf(']', StringComparison.Ordinal) : -1;
        var colon = close >= 0 ? host.IndexOf(':', close) : host.IndexOf(':', StringComparison.Ordinal);
        var name = close >= 0 ? host[1..close] : colon < 0 ? host : host[..colon];
        object? port = null;
        if (colon >= 0 && colon + 1 < host.Length)
        {
            if (!int.TryParse(host.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                throw TypeTable.ValueError($"Port could not be cast to integer value as {Representation.Of(host[(colon + 1)..])}");
            port = number <= 65_535 ? Boxed.Int(number) : throw TypeTable.ValueError("Port out of range 0-65535");
        }

        return (name.Length == 0 ? null : name.ToLowerInvariant(), port);
    }

    private static string? User(object tuple, int part)
    {
        var authority = Authority(tuple);
        var at = authority.LastIndexOf('@');
        if (at < 0)
            return null;
        var parts = authority[..at].Split(':', 2);
        return part < parts.Length ? parts[part] : null;
    }

    public static string Join(object?[] parts)
    {
        var texts = parts.Select(Representation.Text).ToArray();
        var withParameters = texts.Length == 6;
        if (texts.Length is not (5 or 6))
            throw TypeTable.ValueError($"not enough values to unpack (expected 6, got {texts.Length})");
        var (scheme, authority, path) = (texts[0], texts[1], texts[2]);
        if (withParameters && texts[3].Length > 0)
            path += ";" + texts[3];
        var (query, fragment) = (texts[^2], texts[^1]);
        var url = path;
        if (authority.Length > 0 || path.StartsWith("//", StringComparison.Ordinal))
            url = "//" + authority + (path.Length > 0 && path[0] != '/' ? "/" : "") + path;
        return (scheme.Length > 0 ? scheme + ":" : "") + url + (query.Length > 0 ? "?" + query : "") + (fragment.Length > 0 ? "#" + fragment : "");
    }

    public static string Combine(string start, string relative)
    {
        if (start.Length == 0)
            return relative;
        if (relative.Length == 0)
            return start;
        var b = Parse(start, "", withParameters: true).Items;
        var r = Parse(relative, (string)b[0]!, withParameters: true).Items;
        var (baseScheme, scheme) = ((string)b[0]!, (string)r[0]!);
        if (!string.Equals(scheme, baseScheme, StringComparison.Ordinal) || scheme is not ("" or "http" or "https" or "ftp" or "file" or "sftp"))
            return relative;
        if (((string)r[1]!).Length > 0)
            return Join(r.ToArray());
        var path = (string)r[2]!;
        if (path.Length == 0 && ((string)r[3]!).Length == 0)
            return Join([scheme, b[1], b[2], b[3], ((string)r[4]!).Length > 0 ? r[4] : b[4], r[5]]);
        return Join([scheme, b[1], Resolve((string)b[2]!, path), r[3], r[4], r[5]]);
    }

    private static string Resolve(string start, string path)
    {
        var segments = new List<string>();
        if (path[0] != '/')
            segments.AddRange(start.Split('/')[..^1].Where((s, i) => s.Length > 0 || i == 0));
        segments.AddRange(path.Split('/'));
        var resolved = new List<string>();
        foreach (var segment in segments)
        {
            if (segment is "..")
            {
                if (resolved.Count > 0)
                    resolved.RemoveAt(resolved.Count - 1);
            }
            else if (segment is not ".")
                resolved.Add(segment);
        }

        if (segments[^1] is "." or "..")
            resolved.Add("");
        var joined = string.Join('/', resolved);
        return joined.Length == 0 ? "/" : joined;
    }
}
