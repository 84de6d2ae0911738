using System.Globalization;
using System.Text;

namespace Postern.Storage.Queries;

/// <summary>Splits a query into words, values and signs.</summary>
static class QueryLexer
{
    static readonly string[] Signs = ["!=", ">=", "<=", "!~", "=", ">", "<", "~", "(", ")", ","];

    public static List<QueryToken> Read(string text)
    {
        var tokens = new List<QueryToken>();
        for (var at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]))
                at++;
            else
                tokens.Add(Next(text, ref at));
        }
        tokens.Add(new QueryToken(QueryTokenKind.End, "", text.Length));
        return tokens;
    }

    static QueryToken Next(string text, ref int at)
    {
        var start = at;
        var c = text[at];
        if (c is '"' or '\'')
            return new QueryToken(QueryTokenKind.Text, Quoted(text, ref at), start);
        if (IsNumber(text, at))
            return Number(text, ref at);
        if (char.IsAsciiLetter(c) || c is '_')
            return new QueryToken(QueryTokenKind.Name, Name(text, ref at), start);
        var first = at;
        if (Array.Find(Signs, s => text.AsSpan(first).StartsWith(s, StringComparison.Ordinal)) is not { } sign)
            throw new QueryFault($"Illegal character '{c}'", at);
        at += sign.Length;
        return new QueryToken(QueryTokenKind.Sign, sign, start);
    }

    static bool IsNumber(string text, int at) => char.IsAsciiDigit(text[at]) || (text[at] is '-' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]));

    /// <summary>Parts joined by dots; a part that is no plain word stands in quotes: <c>attributes."goauthentik.io/user/debug"</c>. A dash and a span may follow <c>now</c>.</summary>
    static string Name(string text, ref int at)
    {
        var name = new StringBuilder();
        while (true)
        {
            if (at < text.Length && text[at] is '"')
                name.Append(Quoted(text, ref at).Replace(".", QueryPath.EscapedDot, StringComparison.Ordinal));
            else
                Word(text, ref at, name);
            if (at + 1 >= text.Length || text[at] != '.')
                break;
            name.Append('.');
            at++;
        }
        // now-90d: a moment, written without quotes.
        if (name.Equals("now") && at + 1 < text.Length && text[at] is '-' or '+' && char.IsAsciiDigit(text[at + 1]))
        {
            var from = at++;
            while (at < text.Length && char.IsAsciiLetterOrDigit(text[at]))
                at++;
            name.Append(text, from, at - from);
        }
        return name.ToString();
    }

    static void Word(string text, ref int at, StringBuilder name)
    {
        var from = at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '_'))
            at++;
        if (at == from)
            throw new QueryFault(at < text.Length ? $"Illegal character '{text[at]}'" : "Unexpected end of input", at);
        name.Append(text, from, at - from);
    }

    static QueryToken Number(string text, ref int at)
    {
        var from = at++;
        while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] is '.' or 'e' or 'E' || (text[at] is '-' or '+' && text[at - 1] is 'e' or 'E')))
            at++;
        var digits = text[from..at];
        return double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? new QueryToken(QueryTokenKind.Number, digits, from)
            : throw new QueryFault($"Syntax error at '{digits}'", from);
    }

    static string Quoted(string text, ref int at)
    {
        var start = at;
        var quote = text[at++];
        var value = new StringBuilder();
        while (at < text.Length && text[at] is not ('\r' or '\n'))
        {
            var c = text[at++];
            if (c == quote)
                return value.ToString();
            if (c is not '\\' || at >= text.Length)
                value.Append(c);
            else if (text[at] is 'u' && at + 4 < text.Length && ushort.TryParse(text.AsSpan(at + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code))
            {
                value.Append((char)code);
                at += 5;
            }
            else
            {
                value.Append(text[at] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', var other => other });
                at++;
            }
        }
        throw new QueryFault("This text is not closed: a quotation mark is missing", start);
    }
}

/// <summary>A piece of a query.</summary>
readonly record struct QueryToken(QueryTokenKind Kind, string Text, int At);

enum QueryTokenKind
{
    Name,
    Text,
    Number,
    Sign,
    End,
}
