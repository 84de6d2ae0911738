using System.Globalization;
using System.Text;

namespace Postern.Expressions;

/// <summary>Decodes the backslash escapes of string and bytes literals.</summary>
internal static class StringEscapes
{
    public static string Decode(string body, ScriptPosition position)
    {
        if (!body.Contains('\\', StringComparison.Ordinal))
            return body;
        var text = new StringBuilder(body.Length);
        for (var i = 0; i < body.Length; i++)
        {
            if (body[i] != '\\' || i + 1 == body.Length)
                text.Append(body[i]);
            else
                i = DecodeOne(body, i + 1, text, position, bytes: false);
        }

        return text.ToString();
    }

    public static byte[] DecodeBytes(string body, bool raw, ScriptPosition position)
    {
        var text = new StringBuilder(body.Length);
        for (var i = 0; i < body.Length; i++)
        {
            if (body[i] > 127)
                throw new SyntaxFault("bytes can only contain ASCII literal characters", position);
            if (raw || body[i] != '\\' || i + 1 == body.Length)
                text.Append(body[i]);
            else
                i = DecodeOne(body, i + 1, text, position, bytes: true);
        }

        return Encoding.Latin1.GetBytes(text.ToString());
    }

    private static int DecodeOne(string body, int i, StringBuilder text, ScriptPosition position, bool bytes)
    {
        var c = body[i];
        switch (c)
        {
            case '\n': return i;
            case '\\' or '\'' or '"': text.Append(c); return i;
            case 'a': text.Append('\a'); return i;
            case 'b': text.Append('\b'); return i;
            case 'f': text.Append('\f'); return i;
            case 'n': text.Append('\n'); return i;
            case 'r': text.Append('\r'); return i;
            case 't': text.Append('\t'); return i;
            case 'v': text.Append('\v'); return i;
            case 'x': return Hex(body, i, 2, text, position);
            case 'u' when !bytes: return Hex(body, i, 4, text, position);
            case 'U' when !bytes: return Hex(body, i, 8, text, position);
            case 'N' when !bytes: throw new SyntaxFault("named character escapes \\N{...} are not part of the expression language", position, "refused");
            case >= '0' and <= '7': return Octal(body, i, text);
            default:
                text.Append('\\').Append(c);
                return i;
        }
    }

    private static int Octal(string body, int i, StringBuilder text)
    {
        var value = 0;
        var stop = Math.Min(body.Length, i + 3);
        for (; i < stop && body[i] is >= '0' and <= '7'; i++)
            value = value * 8 + (body[i] - '0');
        text.Append((char)(value & 0x1FF));
        return i - 1;
    }

    private static int Hex(string body, int i, int digits, StringBuilder text, ScriptPosition position)
    {
        var kind = body[i];
        if (i + digits >= body.Length
            || !int.TryParse(body.AsSpan(i + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            throw new SyntaxFault($"(unicode error) 'unicodeescape' codec can't decode bytes: truncated \\{kind}{new string('X', digits)} escape", position);
        if (value is < 0 or > 0x10FFFF)
            throw new SyntaxFault("(unicode error) 'unicodeescape' codec can't decode bytes: illegal Unicode character", position);
        if (value < 0x10000)
            text.Append((char)value);
        else
            text.Append(char.ConvertFromUtf32(value));
        return i + digits;
    }
}
