namespace Postern.Expressions;

/// <summary>Turns source text into tokens with indentation, as the Python reference describes in "Lexical analysis".</summary>
internal sealed partial class Lexer(string source, int start, int end, ScriptPosition origin, bool nested)
{
    private readonly List<Token> tokens = [];
    private readonly Stack<(char Open, ScriptPosition Position)> brackets = new();
    private readonly List<int> indents = [];
    private int at = start;
    private int line = origin.Line;
    private int lineStart = start - (origin.Column - 1);
    private int fieldDepth;

    public static List<Token> Read(string source) => new Lexer(source, 0, source.Length, new ScriptPosition(1, 1), nested: false).ReadAll();

    /// <summary>Reads the expression of a replacement field: line breaks mean nothing in it.</summary>
    public static List<Token> ReadField(string source, FormatField field) =>
        new Lexer(source, field.Start, field.End, field.Position, nested: true).ReadAll();

    private ScriptPosition Here => new(line, at - lineStart + 1);

    private char Current => at < end ? source[at] : '\0';

    private bool InBrackets => nested || brackets.Count > 0;

    private char Peek(int offset = 1) => at + offset < end ? source[at + offset] : '\0';

    private List<Token> ReadAll()
    {
        var lineBegins = !nested;
        while (at < end)
        {
            if (lineBegins)
            {
                lineBegins = false;
                if (!ReadIndentation())
                {
                    lineBegins = true;
                    continue;
                }
            }

            SkipBlanks();
            if (at >= end)
                break;
            if (Current is '\n' or '\r')
            {
                lineBegins = ReadLineBreak();
                continue;
            }

            ReadToken();
        }

        Finish();
        return tokens;
    }

    private bool ReadLineBreak()
    {
        var position = Here;
        NextLine();
        if (InBrackets)
            return false;
        tokens.Add(new Token(TokenKind.NewLine, "\n", position));
        return true;
    }

    private void NextLine()
    {
        if (Current == '\r' && Peek() == '\n')
            at++;
        at++;
        line++;
        lineStart = at;
    }

    private void SkipBlanks()
    {
        while (at < end)
        {
            var c = source[at];
            if (c is ' ' or '\t' or '\f' || c == '\uFEFF')
                at++;
            else if (c == '#')
                SkipComment();
            else if (c == '\\' && (Peek() is '\n' or '\r'))
            {
                at++;
                NextLine();
            }
            else
                return;
        }
    }

    private void SkipComment()
    {
        while (at < end && source[at] is not ('\n' or '\r'))
            at++;
    }

    private void ReadToken()
    {
        var c = Current;
        if (c is '"' or '\'' || IsStringPrefix())
            ReadString();
        else if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(Peek())))
            ReadNumber();
        else if (IsNameStart(c))
            ReadName();
        else
            ReadOperator();
    }

    private static bool IsNameStart(char c) => c == '_' || char.IsLetter(c) || char.IsSurrogate(c);

    private static bool IsNamePart(char c) =>
        c == '_' || char.IsLetterOrDigit(c) || char.IsSurrogate(c)
        || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark;

    private void ReadName()
    {
        var from = at;
        var position = Here;
        while (at < end && IsNamePart(source[at]))
            at++;
        var text = source[from..at];
        // The language compares identifiers in NFKC form, so a look-alike cannot reach a name that a check refused.
        if (!IsAscii(text))
            text = Normalise(text, position);
        tokens.Add(new Token(TokenKind.Name, string.Intern(text), position, End: at));
    }

    private static string Normalise(string text, ScriptPosition position)
    {
        try
        {
            return text.Normalize(System.Text.NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            throw new SyntaxFault("invalid character in identifier", position);
        }
    }

    private static bool IsAscii(string text) => System.Text.Ascii.IsValid(text);

    private void Finish()
    {
        if (brackets.TryPeek(out var open))
            throw new SyntaxFault($"'{open.Open}' was never closed", open.Position);
        if (!nested)
        {
            if (tokens.Count > 0 && tokens[^1].Kind is not (TokenKind.NewLine or TokenKind.Dedent))
                tokens.Add(new Token(TokenKind.NewLine, "", Here));
            for (var i = 1; i < indents.Count; i++)
                tokens.Add(new Token(TokenKind.Dedent, "", Here));
        }

        tokens.Add(new Token(TokenKind.End, "", Here));
    }
}
