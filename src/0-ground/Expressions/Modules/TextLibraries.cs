using System.Globalization;
using System.Text;

namespace Postern.Expressions;

/// <summary>The modules `string`, `textwrap`, `html`, `unicodedata`, `copy` and `typing`.</summary>
internal static class TextLibraries
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz";
    private const string Punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    public static HostModule BuildString() => new HostModule("string")
        .Set("ascii_lowercase", Letters)
        .Set("ascii_uppercase", Letters.ToUpperInvariant())
        .Set("ascii_letters", Letters + Letters.ToUpperInvariant())
        .Set("digits", "0123456789")
        .Set("hexdigits", "0123456789abcdefABCDEF")
        .Set("octdigits", "01234567")
        .Set("punctuation", Punctuation)
        .Set("whitespace", " \t\n\r\v\f")
        .Set("printable", "0123456789" + Letters + Letters.ToUpperInvariant() + Punctuation + " \t\n\r\v\f")
        .Set("Template", TemplateValue.TemplateType)
        .Def("capwords", "s, sep=None", (_, a) => CapitalWords(TypeTable.Text(a[0], "capwords"), a[1]));

    private static string CapitalWords(string text, object? separator) =>
        string.Join(separator as string ?? " ", Splitting.Split(text, separator, -1).Select(w => Cases.Capitalize((string)w!)));

    public static HostModule BuildHtml() => new HostModule("html")
        .Def("escape", "s, quote=True", (_, a) => EscapeHtml(TypeTable.Text(a[0], "escape"), Truth.Of(a[1])))
        .Def("unescape", "s", (_, a) => System.Net.WebUtility.HtmlDecode(TypeTable.Text(a[0], "unescape")));

    public static string EscapeHtml(string text, bool quotes)
    {
        Machine.Charge(4L * text.Length);
        text = text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
        return quotes ? text.Replace("\"", "&quot;", StringComparison.Ordinal).Replace("'", "&#x27;", StringComparison.Ordinal) : text;
    }

    public static HostModule BuildUnicode() => new HostModule("unicodedata")
        .Def("normalize", "form, unistr, /", (_, a) => Normalise(TypeTable.Text(a[0], "normalize", 1), TypeTable.Text(a[1], "normalize", 2)))
        .Def("category", "chr, /", (_, a) => Category(One(a[0])))
        .Def("combining", "chr, /", (_, a) => Boxed.Int(CharUnicodeInfo.GetUnicodeCategory(One(a[0]), 0) == UnicodeCategory.NonSpacingMark ? 230 : 0))
        .Def("decimal", "chr, default=?, /", (_, a) => Digit(One(a[0]), a[1]))
        .Def("digit", "chr, default=?, /", (_, a) => Digit(One(a[0]), a[1]))
        .Def("numeric", "chr, default=?, /", (_, a) => CharUnicodeInfo.GetNumericValue(One(a[0]), 0) is >= 0 and var n ? n : a[1] is Unbound ? throw TypeTable.ValueError("not a numeric character") : a[1]);

    private static string One(object? value) => value is string s && Text.Length(s) == 1 ? s : throw TypeTable.TypeError("argument must be a unicode character, not " + Types.NameOf(value));

    private static object? Digit(string character, object? fallback)
    {
        var value = CharUnicodeInfo.GetDigitValue(character, 0);
        return value >= 0 ? Boxed.Int(value) : fallback is Unbound ? throw TypeTable.ValueError("not a digit") : fallback;
    }

    private static string Normalise(string form, string text)
    {
        Machine.Charge(6L * text.Length);
        try
        {
            return text.Normalize(form switch
            {
                "NFC" => NormalizationForm.FormC,
                "NFD" => NormalizationForm.FormD,
                "NFKC" => NormalizationForm.FormKC,
                "NFKD" => NormalizationForm.FormKD,
                _ => throw TypeTable.ValueError("invalid normalization form"),
            });
        }
        catch (ArgumentException)
        {
            return text;
        }
    }

    private static readonly string[] Categories =
    [
        "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po",
        "Sm", "Sc", "Sk", "So", "Cn",
    ];

    private static string Category(string character) => Categories[(int)CharUnicodeInfo.GetUnicodeCategory(character, 0)];

    public static HostModule BuildTyping()
    {
        var module = new HostModule("typing");
        foreach (var name in (string[])["Any", "Optional", "Union", "List", "Dict", "Tuple", "Set", "Callable", "Iterable", "Mapping", "Sequence"])
            module.Set(name, Types.Object);
        return module.Def("cast", "typ, val", (_, a) => a[1]);
    }
}
