using System.Text;

namespace Postern.Expressions;

/// <summary>Constructor and methods of bytes, and the codecs of str.encode and bytes.decode.</summary>
internal static class BytesMethods
{
    private static ScriptBytes Self(ReadOnlySpan<object?> a) => (ScriptBytes)a[0]!;

    public static void Declare()
    {
        Types.Bytes
            .New("source=?, encoding=?, errors=?", (_, a) => Make(a))
            .Method("decode", "encoding='utf-8', errors='strict'", (_, a) => Decode(Self(a).Span, a[1], a[2]))
            .Method("hex", "sep=?, bytes_per_sep=1", (_, a) => Hex(Self(a).Span, a[1]))
            .Method("count", "sub, /", (_, a) => Boxed.Int(AsText(a[0]).Split(AsText(a[1])).Length - 1))
            .Method("translate", "table, /, delete=?", (_, a) => throw TypeTable.TypeError("bytes.translate is not part of the expression language"))
            .Static("fromhex", "string, /", (_, a) => FromHex(TypeTable.Text(a[0], "fromhex")));
        // Bytes are read as Latin-1 text, whose characters are the bytes, and share the methods of str.
        foreach (var name in (string[])["lower", "upper", "title", "capitalize", "swapcase", "zfill", "expandtabs", "isalpha", "isalnum", "isdigit", "isspace", "islower", "isupper", "istitle"])
            Share(name);
        foreach (var name in (string[])["strip", "lstrip", "rstrip", "split", "rsplit", "splitlines", "partition", "rpartition", "replace", "removeprefix", "removesuffix", "center", "ljust", "rjust", "find", "rfind", "index", "rindex", "startswith", "endswith", "join"])
            Share(name);
        Types.Bytes.Method("isascii", "", (_, a) => Boxed.Bool(Ascii.IsValid(Self(a).Span)));
    }

    private static string AsText(object? value) => value is ScriptBytes bytes
        ? Encoding.Latin1.GetString(bytes.Span)
        : throw TypeTable.TypeError($"a bytes-like object is required, not '{Types.NameOf(value)}'");

    private static void Share(string name)
    {
        var function = ((MethodMember)Types.Str.Find(name)!).Function;
        Types.Bytes.Members[name] = new MethodMember(new NativeFunction(name, function.Signature, (m, a) => Back(function.Body(m, a.ToArray().Select(In).ToArray()))) { Owner = Types.Bytes });
    }

    private static object? In(object? value) => value switch
    {
        ScriptBytes bytes => Encoding.Latin1.GetString(bytes.Span),
        string { Length: 1 } fill when fill[0] == ' ' => fill,
        string => throw TypeTable.TypeError("a bytes-like object is required, not 'str'"),
        ScriptTuple tuple => new ScriptTuple(tuple.Items.ToArray().Select(In).ToArray()),
        ScriptList list => ScriptList.Own(list.ToArray().Select(In).ToArray()),
        _ => value,
    };

    private static object? Back(object? value) => value switch
    {
        string s => new ScriptBytes(Encoding.Latin1.GetBytes(s)),
        ScriptTuple tuple => new ScriptTuple(tuple.Items.ToArray().Select(Back).ToArray()),
        ScriptList list => ScriptList.Own(list.ToArray().Select(Back).ToArray()),
        _ => value,
    };

    public static bool Contains(ScriptBytes bytes, object? item)
    {
        if (Numbers.TryLong(item, out var number))
            return number is >= 0 and <= 255 ? bytes.Span.Contains((byte)number) : throw TypeTable.ValueError("byte must be in range(0, 256)");
        return AsText(bytes).Contains(AsText(item), StringComparison.Ordinal);
    }

    private static ScriptBytes Make(ReadOnlySpan<object?> a)
    {
        switch (a[0])
        {
            case Unbound:
                return ScriptBytes.Empty;
            case string text:
                return a[1] is string encoding ? Encode(text, encoding, a[2] is Unbound ? "strict" : a[2]) : throw TypeTable.TypeError("string argument without an encoding");
            case ScriptBytes bytes:
                return bytes;
            case long or bool or System.Numerics.BigInteger:
                var count = Numbers.ToIndex(a[0]);
                Machine.Charge(Math.Max(0, count));
                return count < 0 ? throw TypeTable.ValueError("negative count") : new ScriptBytes(new byte[count]);
            case null or double or ScriptType or FunctionValue:
                throw TypeTable.TypeError($"cannot convert '{Types.NameOf(a[0])}' object to bytes");
            default:
                return new ScriptBytes(Iteration.ToArray(a[0]).Select(ToByte).ToArray());
        }
    }

    private static byte ToByte(object? value)
    {
        var number = Numbers.ToIndex(value);
        return number is >= 0 and <= 255 ? (byte)number : throw TypeTable.ValueError("bytes must be in range(0, 256)");
    }

    private static string Hex(ReadOnlySpan<byte> bytes, object? separator)
    {
        Machine.Charge(4L * bytes.Length);
        var hex = Convert.ToHexStringLower(bytes);
        if (separator is not string s)
            return hex;
        return string.Join(s, Enumerable.Range(0, bytes.Length).Select(i => hex.Substring(2 * i, 2)));
    }

    private static ScriptBytes FromHex(string text)
    {
        var digits = string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
        for (var i = 0; i < digits.Length; i++)
        {
            if (!char.IsAsciiHexDigit(digits[i]))
                throw TypeTable.ValueError($"non-hexadecimal number found in fromhex() arg at position {text.IndexOf(digits[i], StringComparison.Ordinal)}");
        }

        return digits.Length % 2 == 0
            ? new ScriptBytes(Convert.FromHexString(digits))
            : throw TypeTable.ValueError($"non-hexadecimal number found in fromhex() arg at position {text.Length}");
    }

    public static object DecodeArgument(object? value, object? encoding, object? errors) => value is ScriptBytes bytes
        ? Decode(bytes.Span, encoding is Unbound ? "utf-8" : encoding, errors is Unbound ? "strict" : errors)
        : throw TypeTable.TypeError(value is string ? "decoding str is not supported" : $"decoding to str: need a bytes-like object, {Types.NameOf(value)} found");

    private static (Encoding Encoding, string Name) Codec(object? name)
    {
        var text = TypeTable.Text(name, "encode");
        return text.ToLowerInvariant().Replace('_', '-') switch
        {
            "utf-8" or "utf8" or "u8" => (new UTF8Encoding(false, true), "utf-8"),
            "ascii" or "us-ascii" or "646" => (Encoding.GetEncoding("us-ascii", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback), "ascii"),
            "latin-1" or "latin1" or "iso-8859-1" or "iso8859-1" or "l1" => (Encoding.GetEncoding("iso-8859-1", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback), "latin-1"),
            "utf-16-le" or "utf-16le" => (new UnicodeEncoding(false, false, true), "utf-16-le"),
            "utf-16-be" or "utf-16be" => (new UnicodeEncoding(true, false, true), "utf-16-be"),
            _ => throw new ScriptException(ExceptionTypes.LookupError, $"unknown encoding: {text}"),
        };
    }

    public static ScriptBytes Encode(string text, object? encodingName, object? errors)
    {
        var (encoding, name) = Codec(encodingName);
        Machine.Charge(3L * text.Length);
        try
        {
            return new ScriptBytes(encoding.GetBytes(text));
        }
        catch (EncoderFallbackException e)
        {
            return Recovered(text, encoding, name, errors as string ?? "strict", e);
        }
    }

    private static ScriptBytes Recovered(string text, Encoding encoding, string name, string errors, EncoderFallbackException e)
    {
        switch (errors)
        {
            case "ignore" or "replace" or "xmlcharrefreplace" or "backslashreplace":
                return new ScriptBytes(Text.Characters(text).SelectMany(c => EncodeOne(c, encoding, errors)).ToArray());
            case "strict":
                var c = e.CharUnknown == '\0' ? char.ConvertToUtf32(e.CharUnknownHigh, e.CharUnknownLow) : e.CharUnknown;
                var shown = c > 0xFFFF ? $"\\U{c:x8}" : c > 255 ? $"\\u{c:x4}" : $"\\x{c:x2}";
                var reason = name is "utf-8" ? "surrogates not allowed" : name is "ascii" ? "ordinal not in range(128)" : "ordinal not in range(256)";
                throw new ScriptException(ExceptionTypes.UnicodeEncodeError, $"'{name}' codec can't encode character '{shown}' in position {Text.Index(text, e.Index)}: {reason}");
            default:
                throw new ScriptException(ExceptionTypes.LookupError, $"unknown error handler name '{errors}'");
        }
    }

    private static byte[] EncodeOne(string character, Encoding encoding, string errors)
    {
        try
        {
            return encoding.GetBytes(character);
        }
        catch (EncoderFallbackException)
        {
            var code = char.IsSurrogate(character[0]) && character.Length == 1 ? character[0] : Characters.CodeOf(character);
            return errors switch
            {
                "replace" => "?"u8.ToArray(),
                "xmlcharrefreplace" => Encoding.ASCII.GetBytes($"&#{code};"),
                "backslashreplace" => Encoding.ASCII.GetBytes(code > 0xFFFF ? $"\\U{code:x8}" : code > 255 ? $"\\u{code:x4}" : $"\\x{code:x2}"),
                _ => [],
            };
        }
    }

    public static string Decode(ReadOnlySpan<byte> bytes, object? encodingName, object? errors)
    {
        var (encoding, name) = Codec(encodingName);
        Machine.Charge(2L * bytes.Length);
        try
        {
            return encoding.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            var handler = errors as string ?? "strict";
            if (handler is "ignore" or "replace")
                return Encoding.GetEncoding(encoding.WebName, EncoderFallback.ReplacementFallback, new DecoderReplacementFallback(handler is "ignore" ? "" : "\uFFFD")).GetString(bytes);
            if (handler is not "strict")
                throw new ScriptException(ExceptionTypes.LookupError, $"unknown error handler name '{handler}'");
            var position = Math.Max(0, e.Index);
            var reason = name is "ascii" ? "ordinal not in range(128)" : !IsStart(bytes[position]) ? "invalid start byte" : position + Needed(bytes[position]) > bytes.Length ? "unexpected end of data" : "invalid continuation byte";
            throw new ScriptException(ExceptionTypes.UnicodeDecodeError, $"'{name}' codec can't decode byte 0x{bytes[position]:x2} in position {position}: {reason}");
        }
    }

    private static int Needed(byte start) => start < 0xE0 ? 2 : start < 0xF0 ? 3 : 4;

    private static bool IsStart(byte b) => b is >= 0xC2 and <= 0xF4;
}
