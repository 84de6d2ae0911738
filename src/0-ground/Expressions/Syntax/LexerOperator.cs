namespace Postern.Expressions;

internal sealed partial class Lexer
{
    private static readonly string[] Three = ["**=", "//=", ">>=", "<<=", "..."];
    private static readonly string[] Two = ["**", "//", ">>", "<<", "<=", ">=", "==", "!=", "->", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "@=", ":="];
    private const string One = "+-*/%@&|^~<>()[]{},:.;=";

    private void ReadOperator()
    {
        var position = Here;
        var text = Match(Three, 3) ?? Match(Two, 2) ?? (One.Contains(Current, StringComparison.Ordinal) ? Current.ToString() : null);
        if (text is null)
            throw new SyntaxFault(Unexpected(Current), position);
        TrackBrackets(text[0], position);
        at += text.Length;
        tokens.Add(new Token(TokenKind.Operator, string.Intern(text), position, End: at));
    }

    private static string Unexpected(char c) => c switch
    {
        '\\' => "unexpected character after line continuation character",
        '$' or '?' or '!' or '`' => "invalid syntax",
        < ' ' => $"invalid non-printable character U+{(int)c:X4}",
        _ => $"invalid character '{c}' (U+{(int)c:X4})",
    };

    private string? Match(string[] candidates, int length)
    {
        if (at + length > end)
            return null;
        foreach (var candidate in candidates)
        {
            if (string.CompareOrdinal(source, at, candidate, 0, length) == 0)
                return candidate;
        }

        return null;
    }

    private void TrackBrackets(char c, ScriptPosition position)
    {
        if (c is '(' or '[' or '{')
        {
            if (brackets.Count >= 200)
                throw new SyntaxFault("too many nested parentheses", position);
            brackets.Push((c, position));
        }
        else if (c is ')' or ']' or '}')
        {
            if (!brackets.TryPop(out var open))
                throw new SyntaxFault($"unmatched '{c}'", position);
            if (!Pairs(open.Open, c))
                throw new SyntaxFault($"closing parenthesis '{c}' does not match opening parenthesis '{open.Open}'", position);
        }
    }

    private static bool Pairs(char open, char close) => (open, close) is ('(', ')') or ('[', ']') or ('{', '}');
}
