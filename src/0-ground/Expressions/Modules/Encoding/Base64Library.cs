using System.Text;

namespace Postern.Expressions;

/// <summary>The module `base64`.</summary>
internal static class Base64Library
{
    public static readonly ScriptType Error = new("Error", ExceptionTypes.ValueError) { Module = "binascii" };

    public static HostModule Build() => new HostModule("base64")
        .Def("b64encode", "s, altchars=None", (_, a) => Ascii(Convert.ToBase64String(Data(a[0])), a[1]))
        .Def("standard_b64encode", "s", (_, a) => Ascii(Convert.ToBase64String(Data(a[0])), null))
        .Def("urlsafe_b64encode", "s", (_, a) => Ascii(Convert.ToBase64String(Data(a[0])).Replace('+', '-').Replace('/', '_'), null))
        .Def("b64decode", "s, altchars=None, validate=False", (_, a) => Decode(Source(a[0]), Truth.Of(a[2])))
        .Def("standard_b64decode", "s", (_, a) => Decode(Source(a[0]), validate: false))
        .Def("urlsafe_b64decode", "s", (_, a) => Decode(Source(a[0]).Replace('-', '+').Replace('_', '/'), validate: false))
        .Def("b32encode", "s", (_, a) => Ascii(Base32.Encode(Data(a[0])), null))
        .Def("b32decode", "s, casefold=False", (_, a) => new ScriptBytes(Base32.Decode(Source(a[0]), Truth.Of(a[1]))))
        .Def("b16encode", "s", (_, a) => Ascii(Convert.ToHexString(Data(a[0])), null))
        .Def("b16decode", "s, casefold=False", (_, a) => Hex(Source(a[0]), Truth.Of(a[1])));

    public static byte[] Data(object? value)
    {
        var bytes = value as ScriptBytes ?? throw TypeTable.TypeError($"a bytes-like object is required, not '{Types.NameOf(value)}'");
        Machine.Charge(4L * bytes.Count);
        return bytes.Array;
    }

    private static string Source(object? value) => value switch
    {
        string s when System.Text.Ascii.IsValid(s) => s,
        string => throw TypeTable.ValueError("string argument should contain only ASCII characters"),
        ScriptBytes b => Encoding.Latin1.GetString(b.Span),
        _ => throw TypeTable.TypeError($"argument should be a bytes-like object or ASCII string, not '{Types.NameOf(value)}'"),
    };

    private static ScriptBytes Ascii(string text, object? alternatives)
    {
        if (alternatives is ScriptBytes { Count: 2 } two)
            text = text.Replace('+', (char)two.Span[0]).Replace('/', (char)two.Span[1]);
        return new ScriptBytes(Encoding.Latin1.GetBytes(text));
    }

    private static ScriptBytes Decode(string text, bool validate)
    {
        Machine.Charge(4L * text.Length);
        if (validate && !text.TrimEnd('=').All(IsDigit))
            throw new ScriptException(Error, "Only base64 data is allowed");
        // Characters outside the alphabet are skipped, and the first complete padding ends the data.
        var digits = new StringBuilder();
        var padding = 0;
        foreach (var c in text)
        {
            if (c == '=' && digits.Length % 4 >= 2 && (digits.Length % 4) + ++padding >= 4)
                break;
            if (IsDigit(c))
                digits.Append(c);
        }

        var rest = digits.Length % 4;
        if (rest == 1)
            throw new ScriptException(Error, $"Invalid base64-encoded string: number of data characters ({digits.Length}) cannot be 1 more than a multiple of 4");
        if (rest != 0 && rest + padding < 4)
            throw new ScriptException(Error, "Incorrect padding");
        return new ScriptBytes(Convert.FromBase64String(digits.Append('=', (4 - rest) % 4).ToString()));
    }

    private static bool IsDigit(char c) => char.IsAsciiLetterOrDigit(c) || c is '+' or '/';

    private static ScriptBytes Hex(string text, bool fold)
    {
        if (text.Length % 2 != 0 || !text.All(c => char.IsAsciiHexDigit(c) && (fold || !char.IsAsciiLetterLower(c))))
            throw new ScriptException(Error, "Non-base16 digit found");
        return new ScriptBytes(Convert.FromHexString(text));
    }
}
