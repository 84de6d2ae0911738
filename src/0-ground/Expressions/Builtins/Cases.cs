using System.Globalization;
using System.Text;

namespace Postern.Expressions;

/// <summary>Letter case as Python has it, including the letters whose upper or folded form is longer.</summary>
internal static class Cases
{
    private static readonly Dictionary<char, string> UpperExpansions = new()
    {
        ['ß'] = "SS",
        ['ŉ'] = "ʼN",
        ['ǰ'] = "J̌",
        ['ﬀ'] = "FF",
        ['ﬁ'] = "FI",
        ['ﬂ'] = "FL",
        ['ﬃ'] = "FFI",
        ['ﬄ'] = "FFL",
        ['ﬅ'] = "ST",
        ['ﬆ'] = "ST",
    };

    private static readonly Dictionary<char, string> FoldExpansions = new()
    {
        ['ß'] = "ss",
        ['ẞ'] = "ss",
        ['ŉ'] = "ʼn",
        ['ﬀ'] = "ff",
        ['ﬁ'] = "fi",
        ['ﬂ'] = "fl",
        ['ﬃ'] = "ffi",
        ['ﬄ'] = "ffl",
        ['ﬅ'] = "st",
        ['ﬆ'] = "st",
        ['ς'] = "σ",
        ['ſ'] = "s",
        ['µ'] = "μ",
        ['İ'] = "i̇",
    };

    public static string Lower(string text) => text.Contains('İ', StringComparison.Ordinal)
        ? text.ToLowerInvariant().Replace("İ", "i̇", StringComparison.Ordinal)
        : text.ToLowerInvariant();

    public static string Upper(string text) => Expand(text, UpperExpansions, static s => s.ToUpperInvariant());

    public static string Fold(string text) => Expand(text, FoldExpansions, static s => s.ToLowerInvariant());

    private static string Expand(string text, Dictionary<char, string> expansions, Func<string, string> convert)
    {
        if (Ascii.IsValid(text))
            return convert(text);
        var result = new StringBuilder(text.Length + 4);
        foreach (var c in text)
        {
            if (expansions.TryGetValue(c, out var expansion))
                result.Append(expansion);
            else
                result.Append(c);
        }

        return convert(result.ToString());
    }

    public static string Capitalize(string text)
    {
        if (text.Length == 0)
            return text;
        var width = Text.Width(text, 0);
        return TitleOf(text[..width]) + text[width..].ToLowerInvariant();
    }

    private static string TitleOf(string character) => character switch
    {
        "ß" => "Ss",
        "ǆ" or "Ǆ" => "ǅ",
        "ﬁ" => "Fi",
        "ﬂ" => "Fl",
        _ => character.ToUpperInvariant(),
    };

    public static string Title(string text)
    {
        var result = new StringBuilder(text.Length);
        var afterLetter = false;
        for (var i = 0; i < text.Length;)
        {
            var width = Text.Width(text, i);
            var character = text.Substring(i, width);
            result.Append(afterLetter ? character.ToLowerInvariant() : TitleOf(character));
            afterLetter = IsCased(text, i);
            i += width;
        }

        return result.ToString();
    }

    public static string Swap(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            var width = Text.Width(text, i);
            var character = text.Substring(i, width);
            result.Append(IsUpper(text, i) ? character.ToLowerInvariant() : Upper(character));
            i += width;
        }

        return result.ToString();
    }

    public static bool IsCased(string text, int i) => IsUpper(text, i) || IsLower(text, i)
        || CharUnicodeInfo.GetUnicodeCategory(text, i) == UnicodeCategory.TitlecaseLetter;

    public static bool IsUpper(string text, int i) => CharUnicodeInfo.GetUnicodeCategory(text, i) == UnicodeCategory.UppercaseLetter;

    public static bool IsLower(string text, int i) =>
        CharUnicodeInfo.GetUnicodeCategory(text, i) == UnicodeCategory.LowercaseLetter || text[i] is 'ª' or 'º';
}
