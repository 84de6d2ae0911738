using System.Globalization;
using System.Text;

namespace Postern.Expressions;

/// <summary>The replacement strings of re.sub: group references and escapes.</summary>
internal static class ReplacementTemplate
{
    public static string Expand(string template, MatchValue match)
    {
        if (!template.Contains('\\', StringComparison.Ordinal))
            return template;
        var text = new StringBuilder();
        for (var i = 0; i < template.Length; i++)
        {
            if (template[i] != '\\')
                text.Append(template[i]);
            else
                i = Escape(template, i, text, match);
        }

        return text.ToString();
    }

    private static int Escape(string template, int at, StringBuilder text, MatchValue match)
    {
        if (at + 1 >= template.Length)
            throw Error("bad escape (end of pattern)", at);
        var c = template[at + 1];
        switch (c)
        {
            case 'g': return Reference(template, at, text, match);
            case 'n': text.Append('\n'); return at + 1;
            case 't': text.Append('\t'); return at + 1;
            case 'r': text.Append('\r'); return at + 1;
            case 'a': text.Append('\a'); return at + 1;
            case 'b': text.Append('\b'); return at + 1;
            case 'f': text.Append('\f'); return at + 1;
            case 'v': text.Append('\v'); return at + 1;
            case '\\': text.Append('\\'); return at + 1;
            case '0': text.Append('\0'); return at + 1;
        }

        if (char.IsAsciiDigit(c))
        {
            var digits = at + 2 < template.Length && char.IsAsciiDigit(template[at + 2]) ? 2 : 1;
            text.Append(Value(match, int.Parse(template.AsSpan(at + 1, digits), CultureInfo.InvariantCulture), at));
            return at + digits;
        }

        if (char.IsAsciiLetter(c))
            throw Error($"bad escape \\{c}", at);
        text.Append('\\').Append(c);
        return at + 1;
    }

    private static int Reference(string template, int at, StringBuilder text, MatchValue match)
    {
        if (at + 2 >= template.Length || template[at + 2] != '<')
            throw Error("missing <", at + 2);
        var end = template.IndexOf('>', at + 3);
        if (end < 0)
            throw Error("missing >, unterminated name", at + 3);
        var name = template[(at + 3)..end];
        if (name.Length == 0)
            throw Error("missing group name", at + 3);
        if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            text.Append(Value(match, number, at + 3));
        else if (match.Pattern.Names.TryGetValue(name, out var group))
            text.Append(match.Value(group));
        else
            throw new ScriptException(ExceptionTypes.IndexError, $"unknown group name {Representation.Of(name)}");
        return end;
    }

    private static string? Value(MatchValue match, int group, int at) =>
        group <= match.Pattern.GroupCount ? match.Value(group) : throw Error($"invalid group reference {group}", at + 1);

    private static ScriptException Error(string message, int at) => new(ReLibrary.Error, $"{message} at position {at}");
}
