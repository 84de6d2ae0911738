using System.Globalization;

namespace Postern.Expressions;

internal sealed partial class PatternTranslator
{
    private void Group()
    {
        var start = at;
        if (open.Count >= MaxDepth)
            throw Error("the pattern is nested too deeply");
        if (Peek(1) != '?')
        {
            at++;
            Open("(", ++GroupCount);
            return;
        }

        at += 2;
        var kind = Peek();
        at++;
        switch (kind)
        {
            case ':' or '=' or '!' or '>':
                Open("(?" + kind, 0);
                break;
            case '<' when Peek() is '=' or '!':
                Open("(?<" + pattern[at++], 0);
                break;
            case 'P':
                Named(start);
                break;
            case '#':
                SkipComment(start);
                break;
            case '(':
                Conditional(start);
                break;
            case '\0':
                throw Error("unexpected end of pattern", pattern.Length);
            case '<':
                throw Error(at < pattern.Length ? $"unknown extension ?<{Peek()}" : "unexpected end of pattern", start + 1);
            default:
                at--;
                InlineFlags(start);
                break;
        }
    }

    private void Open(string text, int group)
    {
        open.Push((output.Length, group));
        output.Append(text);
        if (group > 0)
            openGroups.Add(group);
        atomStart = -1;
        quantified = false;
    }

    private void CloseGroup()
    {
        if (!open.TryPop(out var group))
            throw Error("unbalanced parenthesis");
        openGroups.Remove(group.Group);
        output.Append(')');
        at++;
        atomStart = group.Start;
        quantified = false;
    }

    private void Named(int start)
    {
        if (Peek() == '=')
        {
            at++;
            var reference = ReadName(')', "group name");
            if (!Names.TryGetValue(reference, out var number))
                throw Error($"unknown group name {Representation.Of(reference)}", start + 4);
            Begin();
            BackReference(number, start);
            return;
        }

        if (Peek() != '<')
            throw Error(at < pattern.Length ? $"unknown extension ?P{Peek()}" : "unexpected end of pattern", start + 1);
        at++;
        var name = ReadName('>', "group name");
        if (!(char.IsLetter(name[0]) || name[0] == '_') || !name.All(c => char.IsLetterOrDigit(c) || c == '_'))
            throw Error($"bad character in group name {Representation.Of(name)}", start + 4);
        if (!Names.TryAdd(name, GroupCount + 1))
            throw Error($"redefinition of group name {Representation.Of(name)} as group {GroupCount + 1}; was group {Names[name]}", start + 4);
        Open("(", ++GroupCount);
    }

    private string ReadName(char close, string what)
    {
        var end = pattern.IndexOf(close, at);
        if (end < 0)
            throw Error($"missing {close}, unterminated name");
        if (end == at)
            throw Error($"missing {what}");
        var name = pattern[at..end];
        at = end + 1;
        return name;
    }

    private void SkipComment(int start)
    {
        var end = pattern.IndexOf(')', at);
        if (end < 0)
            throw Error("missing ), unterminated comment", start);
        at = end + 1;
    }

    private void Conditional(int start)
    {
        var name = ReadName(')', "group name");
        if (!Names.TryGetValue(name, out var number) && !int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out number))
            throw Error($"unknown group name {Representation.Of(name)}", start + 3);
        if (number <= 0 || number > GroupCount)
            throw Error($"invalid group reference {number}", start + 3);
        Open($"(?({number})", 0);
    }

    private void InlineFlags(int start)
    {
        var added = ReadFlags();
        PatternFlags removed = PatternFlags.None;
        if (Peek() == '-')
        {
            at++;
            removed = ReadFlags();
            if (removed == PatternFlags.None || Peek() != ':')
                throw Error(at < pattern.Length ? "unknown flag" : "missing flag");
        }

        if (Peek() == ')')
        {
            if (start != 0)
                throw Error("global flags not at the start of the expression", start);
            at++;
            Flags |= added;
            return;
        }

        if (Peek() != ':')
            throw Error(at < pattern.Length ? "unknown extension ?" + pattern[start + 2] : "missing -, : or )", start + 1);
        at++;
        Open($"(?{Letters(added)}{(removed == PatternFlags.None ? "" : "-" + Letters(removed))}:", 0);
    }

    private PatternFlags ReadFlags()
    {
        var read = PatternFlags.None;
        for (; at < pattern.Length; at++)
        {
            var flag = pattern[at] switch
            {
                'i' => PatternFlags.IgnoreCase,
                'm' => PatternFlags.Multiline,
                's' => PatternFlags.DotAll,
                'x' => PatternFlags.Verbose,
                'a' => PatternFlags.Ascii,
                'u' => PatternFlags.Unicode,
                _ => PatternFlags.None,
            };
            if (flag == PatternFlags.None)
                return read;
            read |= flag;
        }

        return read;
    }

    private static string Letters(PatternFlags flags) =>
        (flags.HasFlag(PatternFlags.IgnoreCase) ? "i" : "") + (flags.HasFlag(PatternFlags.Multiline) ? "m" : "") + (flags.HasFlag(PatternFlags.DotAll) ? "s" : "");

    private void BackReference(int number, int start)
    {
        if (number > GroupCount)
            throw Error($"invalid group reference {number}", start + 1);
        if (openGroups.Contains(number))
            throw Error("cannot refer to an open group", start);
        // Grouped, so that a digit after it is not read as part of the number.
        output.Append(CultureInfo.InvariantCulture, $"(?:\\{number})");
    }
}
