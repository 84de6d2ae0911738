using System.Globalization;

namespace Postern.Expressions;

internal sealed partial class PatternTranslator
{
    private const string AsciiSpace = @" \t\n\r\f\v";

    private bool IsAscii => Flags.HasFlag(PatternFlags.Ascii);

    private void Escape()
    {
        var start = at;
        var c = Peek(1);
        at += 2;
        if (start + 1 >= pattern.Length)
            throw Error("bad escape (end of pattern)", start);
        if (c is >= '1' and <= '9')
        {
            NumberEscape(start);
            return;
        }

        switch (c)
        {
            case 'A' or 'B':
                output.Append('\\').Append(c);
                break;
            case 'b':
                output.Append(@"\b");
                break;
            case 'Z':
                output.Append(@"\z");
                break;
            case 'd' or 'D' or 's' or 'S' or 'w' or 'W':
                output.Append(char.IsAsciiLetterUpper(c) ? "[^" : "[").Append(ClassOf(c)).Append(']');
                break;
            default:
                AppendCode(ReadCode(c, start));
                break;
        }
    }

    private string ClassOf(char c) => char.ToLowerInvariant(c) switch
    {
        'd' => IsAscii ? "0-9" : @"\d",
        's' => IsAscii ? AsciiSpace : @"\s\x1c-\x1f",
        _ => IsAscii ? "a-zA-Z0-9_" : @"\p{L}\p{N}_",
    };

    private void NumberEscape(int start)
    {
        var digits = 1;
        // Three octal digits are a character; one or two digits are a group.
        if (char.IsAsciiDigit(Peek()))
        {
            digits = 2;
            if (IsOctal(pattern[start + 1]) && IsOctal(Peek()) && IsOctal(Peek(1)))
            {
                AppendCode(Convert.ToInt32(pattern.Substring(start + 1, 3), 8));
                at += 2;
                return;
            }
        }

        at = start + 1 + digits;
        BackReference(int.Parse(pattern.AsSpan(start + 1, digits), CultureInfo.InvariantCulture), start);
    }

    private static bool IsOctal(char c) => c is >= '0' and <= '7';

    private int ReadCode(char c, int start)
    {
        switch (c)
        {
            case 'a': return '\a';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'v': return '\v';
            case 'x': return Hex(2, start);
            case 'u': return Hex(4, start);
            case 'U': return Hex(8, start);
            case '0':
                var value = 0;
                for (var i = 0; i < 2 && IsOctal(Peek()); i++)
                    value = (value * 8) + (pattern[at++] - '0');
                return value;
        }

        if (char.IsAsciiLetterOrDigit(c))
            throw Error($"bad escape \\{c}", start);
        if (!char.IsHighSurrogate(c) || !char.IsLowSurrogate(Peek()))
            return c;
        return char.ConvertToUtf32(c, pattern[at++]);
    }

    private int Hex(int digits, int start)
    {
        var shown = pattern[start..Math.Min(pattern.Length, at + digits)];
        if (at + digits > pattern.Length || !int.TryParse(pattern.AsSpan(at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) || value is < 0 or > 0x10FFFF)
            throw Error($"incomplete escape {shown}", start);
        at += digits;
        return value;
    }

    private void AppendCode(int code)
    {
        if (code > 0xFFFF)
            output.Append("(?:").Append(char.ConvertFromUtf32(code)).Append(')');
        else
            output.Append(CultureInfo.InvariantCulture, $"\\u{code:x4}");
    }

    private void Class()
    {
        var start = at++;
        output.Append('[');
        if (Peek() == '^')
        {
            output.Append('^');
            at++;
        }

        var first = true;
        while (true)
        {
            if (at >= pattern.Length)
                throw Error("unterminated character set", start);
            if (pattern[at] == ']' && !first)
                break;
            first = false;
            ClassItem();
        }

        at++;
        output.Append(']');
    }

    private void ClassItem()
    {
        var from = at;
        if (ClassEscape() is { } set)
        {
            output.Append(set);
            if (Peek() == '-' && Peek(1) is not (']' or '\0'))
                throw Error($"bad character range {pattern[from..Math.Min(pattern.Length, at + 2)]}", from);
            return;
        }

        var low = ClassCharacter();
        if (Peek() != '-' || Peek(1) == ']' || at + 1 >= pattern.Length)
        {
            AppendCode(low);
            return;
        }

        at++;
        if (ClassEscape() is not null)
            throw Error($"bad character range {pattern[from..at]}", from);
        var high = ClassCharacter();
        if (high < low)
            throw Error($"bad character range {pattern[from..at]}", from);
        output.Append(CultureInfo.InvariantCulture, $"\\u{Math.Min(low, 0xFFFF):x4}-\\u{Math.Min(high, 0xFFFF):x4}");
    }

    /// <summary>A class such as \d inside a set; null when the next item is a single character.</summary>
    private string? ClassEscape()
    {
        if (Peek() != '\\')
            return null;
        var c = Peek(1);
        if (c is not ('d' or 'D' or 's' or 'S' or 'w' or 'W'))
            return null;
        at += 2;
        if (!char.IsAsciiLetterUpper(c))
            return ClassOf(c);
        // A negated class inside a set has no direct form, except where .NET has one of its own.
        return IsAscii
            ? char.ToLowerInvariant(c) switch { 'd' => @"\u0000-/:-\uffff", 's' => @"\u0000-\u0008\u000e-\u001f!-\uffff", _ => @"\u0000-/:-@\u005b-\u005e`\u007b-\uffff" }
            : @"\" + c;
    }

    private int ClassCharacter()
    {
        var c = Peek();
        if (c != '\\')
        {
            at++;
            return char.IsHighSurrogate(c) && char.IsLowSurrogate(Peek()) ? char.ConvertToUtf32(c, pattern[at++]) : c;
        }

        var start = at;
        var escaped = Peek(1);
        at += 2;
        if (start + 1 >= pattern.Length)
            throw Error("unterminated character set", start);
        if (escaped == 'b')
            return '\b';
        if (!IsOctal(escaped))
            return ReadCode(escaped, start);
        var value = escaped - '0';
        for (var i = 0; i < 2 && IsOctal(Peek()); i++)
            value = (value * 8) + (pattern[at++] - '0');
        return value;
    }
}
