using System.Text;

namespace Postern.Expressions;

/// <summary>Base32 of RFC 4648.</summary>
internal static class Base32
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static string Encode(byte[] data)
    {
        var text = new StringBuilder();
        int held = 0, bits = 0;
        foreach (var b in data)
        {
            held = ((held << 8) | b) & 0xFFFF;
            for (bits += 8; bits >= 5; bits -= 5)
                text.Append(Alphabet[(held >> (bits - 5)) & 31]);
        }

        if (bits > 0)
            text.Append(Alphabet[(held << (5 - bits)) & 31]);
        return text.Append('=', (8 - (text.Length % 8)) % 8).ToString();
    }

    public static byte[] Decode(string text, bool fold)
    {
        if (text.Length % 8 != 0)
            throw new ScriptException(Base64Library.Error, "Incorrect padding");
        var data = new List<byte>();
        int held = 0, bits = 0;
        var digits = (fold ? text.ToUpperInvariant() : text).TrimEnd('=');
        if (text.Length - digits.Length is not (0 or 1 or 3 or 4 or 6))
            throw new ScriptException(Base64Library.Error, "Incorrect padding");
        foreach (var c in digits)
        {
            var value = Alphabet.IndexOf(c, StringComparison.Ordinal);
            if (value < 0)
                throw new ScriptException(Base64Library.Error, "Non-base32 digit found");
            held = ((held << 5) | value) & 0xFFFF;
            bits += 5;
            if (bits < 8)
                continue;
            bits -= 8;
            data.Add((byte)(held >> bits));
        }

        return data.ToArray();
    }
}
