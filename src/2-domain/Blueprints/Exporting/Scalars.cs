using System.Globalization;
using System.Text;
using Postern.Blueprints.Nodes;
using Postern.Blueprints.Reading;

namespace Postern.Blueprints.Exporting;

/// <summary>The spelling of scalars: plain where no reader could take it for something else, else in double quotes.</summary>
internal static class Scalars
{
    const int MaxKey = 120;
    const int MaxPlain = 1000;

    public static string Key(string key) => key.Length <= MaxKey && IsPlain(key) ? key : Quote(key);

    public static string Of(ScalarNode scalar) => scalar.Kind switch
    {
        ScalarKind.Text => IsPlain(scalar.Text) ? scalar.Text : Quote(scalar.Text),
        ScalarKind.Null => "null",
        ScalarKind.Timestamp => scalar.Text,
        ScalarKind.Float => Float(scalar),
        _ => scalar.ToJson()!.ToJsonString(),
    };

    public static string Text(string text) => IsPlain(text) ? text : Quote(text);

    /// <summary>Whether a text reads well as a literal block: more than one line, and nothing a block would lose.</summary>
    public static bool FitsBlock(string text)
    {
        if (!text.Contains('\n', StringComparison.Ordinal) || text[0] is '\n' or ' ' or '\t') return false;
        foreach (var line in text.Split('\n'))
        {
            if (line.Length > 0 && (string.IsNullOrWhiteSpace(line) || line[0] == '\t')) return false;
            if (line.StartsWith("---", StringComparison.Ordinal) || line.StartsWith("...", StringComparison.Ordinal)) return false;
            foreach (var character in line)
            {
                if (character != '\t' && !IsOrdinary(character)) return false;
            }
        }

        return true;
    }

    /// <summary>What follows the bar of a block: how many line ends stand at its end.</summary>
    public static string Chomping(string text)
    {
        if (!text.EndsWith('\n')) return "-";
        return text.EndsWith("\n\n", StringComparison.Ordinal) ? "+" : string.Empty;
    }

    static bool IsPlain(string text)
    {
        if (text.Length is 0 or > MaxPlain || text[^1] is ' ' or ':') return false;
        // Letters, digits, a slash or an underscore open nothing; the rest of the rule is what plain text in lists may hold.
        if (!char.IsLetterOrDigit(text[0]) && text[0] is not ('/' or '_')) return false;
        foreach (var character in text)
        {
            if (!IsOrdinary(character) || ",[]{}\"*&|>?`".Contains(character, StringComparison.Ordinal)) return false;
        }

        if (text.Contains(": ", StringComparison.Ordinal) || text.Contains(" #", StringComparison.Ordinal)) return false;
        // Read as booleans by some YAML 1.1 readers, though not by ours.
        if (text is "y" or "Y" or "n" or "N") return false;
        return PlainScalars.Resolve(NodePlace.None, text, new ProblemList(1)).Kind == ScalarKind.Text && !Timestamps.LooksLike(text);
    }

    // One visible character of a line; surrogates, marks, line separators and the rest are escaped instead.
    static bool IsOrdinary(char character) => character == ' ' || (character is > ' ' and <= '~') ||
        (character > '\xA0' && char.GetUnicodeCategory(character) is UnicodeCategory.LowercaseLetter or UnicodeCategory.UppercaseLetter
            or UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.DashPunctuation or UnicodeCategory.OtherPunctuation);

    static string Float(ScalarNode scalar)
    {
        var value = double.Parse(scalar.ToJson()!.ToJsonString(), CultureInfo.InvariantCulture);
        var digits = value.ToString("R", CultureInfo.InvariantCulture);
        var cut = digits.IndexOf('E', StringComparison.Ordinal);
        var (fraction, exponent) = cut < 0 ? (digits, string.Empty) : (digits[..cut], digits[cut..].ToLowerInvariant());
        return (fraction.Contains('.', StringComparison.Ordinal) ? fraction : fraction + ".0") + exponent;
    }

    static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var character in text)
        {
            _ = character switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\t' => quoted.Append("\\t"),
                '\r' => quoted.Append("\\r"),
                _ when IsOrdinary(character) || char.IsSurrogate(character) => quoted.Append(character),
                _ => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}"),
            };
        }

        return quoted.Append('"').ToString();
    }
}
