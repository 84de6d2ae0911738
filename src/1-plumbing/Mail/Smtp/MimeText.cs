using System.Globalization;
using System.Text;

namespace Postern.Mail.Smtp;

/// <summary>Text as mail carries it in ASCII: encoded words in headers (RFC 2047), quoted-printable in bodies (RFC 2045 section 6.7).</summary>
static class MimeText
{
    // An encoded word has at most 75 characters; 45 bytes are 60 of base64.
    const int BytesPerWord = 45;
    const int LongestLine = 76;

    /// <summary>A header's value on as many lines as it needs; line breaks in it become spaces, so that none starts another header.</summary>
    public static string Header(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return Ascii.IsValid(line) && line.Length < 200 && !line.Any(char.IsControl) && !line.Contains("=?", StringComparison.Ordinal) ? line : Words(line);
    }

    public static string Words(string text)
    {
        var words = new List<string>();
        var word = new List<byte>();
        foreach (var rune in text.EnumerateRunes())
        {
            var bytes = Encoding.UTF8.GetBytes(rune.ToString());
            if (word.Count + bytes.Length > BytesPerWord)
                Close(words, word);
            word.AddRange(bytes);
        }
        Close(words, word);
        return string.Join("\r\n ", words);
    }

    public static string QuotedPrintable(string text)
    {
        var output = new StringBuilder(text.Length + (text.Length / 8));
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            Line(output, Encoding.UTF8.GetBytes(line));
            output.Append("\r\n");
        }
        return output.ToString();
    }

    static void Line(StringBuilder output, byte[] bytes)
    {
        var column = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var value = (char)bytes[i];
            // Blanks at the end of a line are lost on the way.
            var plain = value is > ' ' and <= '~' and not '=' || (value is ' ' or '\t' && i + 1 < bytes.Length);
            var width = plain ? 1 : 3;
            if (column + width >= LongestLine)
            {
                output.Append("=\r\n");
                column = 0;
            }
            if (plain)
                output.Append(value);
            else
                output.Append(CultureInfo.InvariantCulture, $"={bytes[i]:X2}");
            column += width;
        }
    }

    static void Close(List<string> words, List<byte> word)
    {
        if (word.Count > 0)
            words.Add($"=?utf-8?B?{Convert.ToBase64String([.. word])}?=");
        word.Clear();
    }
}
