using System.Globalization;

namespace Postern.Expressions;

/// <summary>Methods of str that ask what kind of characters it has, and maketrans.</summary>
internal static class TextClassMethods
{
    public static void Declare()
    {
        Ask("isalpha", (s, i) => char.IsLetter(s, i));
        Ask("isalnum", (s, i) => char.IsLetter(s, i) || IsNumeric(s, i));
        Ask("isdigit", IsDigit);
        Ask("isdecimal", (s, i) => CharUnicodeInfo.GetUnicodeCategory(s, i) == UnicodeCategory.DecimalDigitNumber);
        Ask("isnumeric", IsNumeric);
        Ask("isspace", (s, i) => Splitting.IsSpace(s[i]));
        Types.Str
            .Method("isascii", "", (_, a) => Boxed.Bool(System.Text.Ascii.IsValid((string)a[0]!)))
            .Method("isprintable", "", (_, a) => Boxed.Bool(Representation.Quote((string)a[0]!).Length == ((string)a[0]!).Length + 2 || IsPrintable((string)a[0]!)))
            .Method("islower", "", (_, a) => Boxed.Bool(IsCase((string)a[0]!, Cases.IsLower)))
            .Method("isupper", "", (_, a) => Boxed.Bool(IsCase((string)a[0]!, Cases.IsUpper)))
            .Method("istitle", "", (_, a) => Boxed.Bool(IsTitle((string)a[0]!)))
            .Method("isidentifier", "", (_, a) => Boxed.Bool(IsIdentifier((string)a[0]!)))
            .Static("maketrans", "x, y=?, z=?, /", (_, a) => MakeTable(a));
    }

    private static void Ask(string name, Func<string, int, bool> test) =>
        Types.Str.Method(name, "", (_, a) => Boxed.Bool(All((string)a[0]!, test)));

    private static bool All(string text, Func<string, int, bool> test)
    {
        for (var i = 0; i < text.Length; i += Text.Width(text, i))
        {
            if (!test(text, i))
                return false;
        }

        return text.Length > 0;
    }

    private static bool IsDigit(string s, int i) =>
        CharUnicodeInfo.GetUnicodeCategory(s, i) == UnicodeCategory.DecimalDigitNumber || CharUnicodeInfo.GetDigitValue(s, i) >= 0;

    private static bool IsNumeric(string s, int i) => CharUnicodeInfo.GetNumericValue(s, i) >= 0 || CharUnicodeInfo.GetUnicodeCategory(s, i)
        is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;

    private static bool IsPrintable(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]) && !Representation.IsPrintable(text[i]))
                return false;
        }

        return true;
    }

    private static bool IsCase(string text, Func<string, int, bool> wanted)
    {
        var any = false;
        for (var i = 0; i < text.Length; i += Text.Width(text, i))
        {
            if (!Cases.IsCased(text, i))
                continue;
            if (!wanted(text, i))
                return false;
            any = true;
        }

        return any;
    }

    private static bool IsTitle(string text)
    {
        bool any = false, afterCased = false;
        for (var i = 0; i < text.Length; i += Text.Width(text, i))
        {
            var cased = Cases.IsCased(text, i);
            if (cased && (afterCased ? !Cases.IsLower(text, i) : Cases.IsLower(text, i)))
                return false;
            any |= cased;
            afterCased = cased;
        }

        return any;
    }

    private static bool IsIdentifier(string text) =>
        text.Length > 0 && (char.IsLetter(text[0]) || text[0] == '_') && text.All(c => char.IsLetterOrDigit(c) || c == '_');

    private static ScriptDict MakeTable(ReadOnlySpan<object?> a)
    {
        var table = new ScriptDict();
        if (a[1] is Unbound)
        {
            if (a[0] is not ScriptDict source)
                throw TypeTable.TypeError("if you give only one argument to maketrans it must be a dict");
            foreach (var (key, value) in source)
                table.Set(key is string s ? Code(s) : key, value);
            return table;
        }

        var (from, to) = (Text.Characters(TypeTable.Text(a[0], "maketrans", 1)), Text.Characters(TypeTable.Text(a[1], "maketrans", 2)));
        if (from.Count != to.Count)
            throw TypeTable.ValueError("the first two maketrans arguments must have equal length");
        for (var i = 0; i < from.Count; i++)
            table.Set(Code(from[i]), Code(to[i]));
        if (a[2] is string removed)
        {
            foreach (var character in Text.Characters(removed))
                table.Set(Code(character), null);
        }

        return table;
    }

    private static object Code(string character) => Text.Length(character) == 1
        ? Boxed.Int(Characters.CodeOf(character))
        : throw TypeTable.ValueError("string keys in translate table must be of length 1");
}
