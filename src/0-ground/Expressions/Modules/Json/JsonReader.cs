using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Postern.Expressions;

/// <summary>Reads JSON as json.loads does, with its messages.</summary>
internal sealed class JsonReader(Machine machine, string text, object? hook, object? parseFloat, object? parseInteger)
{
    private const int MaxDepth = 200;

    private int at;
    private int depth;

    public object? Read()
    {
        if (text.StartsWith('\uFEFF'))
            throw Error("Unexpected UTF-8 BOM (decode using utf-8-sig)", 0);
        SkipSpace();
        var value = Value();
        SkipSpace();
        return at == text.Length ? value : throw Error("Extra data", at);
    }

    private ScriptException Error(string message, int position)
    {
        var line = text.AsSpan(0, position).Count('\n') + 1;
        var column = position - text.LastIndexOf('\n', Math.Max(0, position - 1), position);
        if (position == 0)
            column = 1;
        var error = new ExceptionValue(JsonLibrary.DecodeError, new ScriptTuple($"{message}: line {line} column {column} (char {position})"))
        {
            Attributes = new(StringComparer.Ordinal)
            {
                ["msg"] = message,
                ["doc"] = text,
                ["pos"] = Boxed.Int(position),
                ["lineno"] = Boxed.Int(line),
                ["colno"] = Boxed.Int(column),
            },
        };
        return new ScriptException(error);
    }

    private void SkipSpace()
    {
        while (at < text.Length && text[at] is ' ' or '\t' or '\n' or '\r')
            at++;
    }

    private char Current => at < text.Length ? text[at] : '\0';

    private object? Value()
    {
        machine.Spend(1);
        RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (Current)
        {
            case '"': return Text();
            case '{': return Nested(Object);
            case '[': return Nested(Array);
            case 't' when Word("true"): return Boxed.True;
            case 'f' when Word("false"): return Boxed.False;
            case 'n' when Word("null"): return null;
            case 'N' when Word("NaN"): return double.NaN;
            case 'I' when Word("Infinity"): return double.PositiveInfinity;
            case '-' when Word("-Infinity"): return double.NegativeInfinity;
            default: return Number();
        }
    }

    private object? Nested(Func<object?> read)
    {
        if (++depth > MaxDepth)
            throw new ScriptException(ExceptionTypes.RecursionError, "maximum recursion depth exceeded while decoding a JSON document");
        var value = read();
        depth--;
        return value;
    }

    private bool Word(string word)
    {
        if (string.CompareOrdinal(text, at, word, 0, word.Length) != 0)
            return false;
        at += word.Length;
        return true;
    }

    private object? Number()
    {
        var from = at;
        if (Current == '-')
            at++;
        if (Current == '0')
            at++;
        else if (char.IsAsciiDigit(Current))
            Digits();
        else
        {
            at = from;
            throw Error("Expecting value", from);
        }

        var isFloat = false;
        if (Current == '.' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]))
        {
            isFloat = true;
            at++;
            Digits();
        }

        var mark = at;
        if (Current is 'e' or 'E')
        {
            at++;
            if (Current is '+' or '-')
                at++;
            if (char.IsAsciiDigit(Current))
            {
                isFloat = true;
                Digits();
            }
            else
                at = mark;
        }

        return Convert(text[from..at], isFloat);
    }

    private void Digits()
    {
        while (char.IsAsciiDigit(Current))
            at++;
    }

    private object? Convert(string number, bool isFloat)
    {
        var parser = isFloat ? parseFloat : parseInteger;
        if (parser is not null)
            return machine.Invoke(parser, [number], null);
        return isFloat ? double.Parse(number, CultureInfo.InvariantCulture) : NumberTypes.ToInt(number);
    }

    private string Text()
    {
        var open = at++;
        var run = text.AsSpan(at).IndexOfAny('"', '\\');
        if (run >= 0 && text[at + run] == '"' && !text.AsSpan(at, run).ContainsAnyInRange('\0', '\x1f'))
        {
            var plain = text.Substring(at, run);
            at += run + 1;
            return plain;
        }

        var result = new StringBuilder();
        while (true)
        {
            if (at >= text.Length)
                throw Error("Unterminated string starting at", open);
            var c = text[at++];
            if (c == '"')
                return result.ToString();
            if (c < ' ')
                throw Error("Invalid control character at", at - 1);
            if (c == '\\')
                Escape(result, open);
            else
                result.Append(c);
        }
    }

    private void Escape(StringBuilder result, int open)
    {
        if (at >= text.Length)
            throw Error("Unterminated string starting at", open);
        var c = text[at++];
        if (c != 'u')
        {
            var place = "\"\\/bfnrt".IndexOf(c, StringComparison.Ordinal);
            result.Append(place >= 0 ? "\"\\/\b\f\n\r\t"[place] : throw Error("Invalid \\escape", at - 2));
            return;
        }

        if (at + 4 > text.Length || !ushort.TryParse(text.AsSpan(at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            throw Error("Invalid \\uXXXX escape", at - 1);
        result.Append((char)code);
        at += 4;
    }

    private ScriptList Array()
    {
        at++;
        var list = new ScriptList();
        SkipSpace();
        if (Current == ']')
        {
            at++;
            return list;
        }

        while (true)
        {
            SkipSpace();
            list.Add(Value());
            SkipSpace();
            var c = Current;
            if (c is not (',' or ']'))
                throw Error("Expecting ',' delimiter", at);
            at++;
            if (c == ']')
                return list;
        }
    }

    private object? Object()
    {
        at++;
        var dict = new ScriptDict();
        SkipSpace();
        if (Current == '}')
        {
            at++;
            return Hooked(dict);
        }

        while (true)
        {
            SkipSpace();
            if (Current != '"')
                throw Error("Expecting property name enclosed in double quotes", at);
            var key = Text();
            SkipSpace();
            if (Current != ':')
                throw Error("Expecting ':' delimiter", at);
            at++;
            SkipSpace();
            dict.Set(key, Value());
            SkipSpace();
            var c = Current;
            if (c is not (',' or '}'))
                throw Error("Expecting ',' delimiter", at);
            at++;
            if (c == '}')
                return Hooked(dict);
        }
    }

    private object? Hooked(ScriptDict dict) => hook is null ? dict : machine.Invoke(hook, [dict], null);
}
