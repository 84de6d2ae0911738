namespace Postern.Expressions;

internal sealed partial class Lexer
{
    /// <summary>Measures a line's indentation; false when the line holds no code and was skipped.</summary>
    private bool ReadIndentation()
    {
        var (width, alternative) = MeasureIndentation();
        if (at >= end)
            return true;
        if (Current == '#')
            SkipComment();
        if (at < end && Current is '\n' or '\r')
        {
            NextLine();
            return false;
        }

        if (at >= end)
            return true;
        Indent(width, alternative);
        return true;
    }

    private (int Width, int Alternative) MeasureIndentation()
    {
        // Two measures, tabs to eight and tabs to one: they must agree, else the block depends on the reader's tab width.
        int width = 0, alternative = 0;
        for (; at < end; at++)
        {
            var c = source[at];
            if (c is ' ')
                (width, alternative) = (width + 1, alternative + 1);
            else if (c is '\t')
                (width, alternative) = ((width / 8 + 1) * 8, alternative + 1);
            else if (c is '\f' or '\uFEFF')
                (width, alternative) = (0, 0);
            else
                break;
        }

        return (width, alternative);
    }

    private readonly List<int> alternatives = [];

    private void Indent(int width, int alternative)
    {
        if (indents.Count == 0)
        {
            // The whole body may be indented, as text pasted from a function is.
            indents.Add(width);
            alternatives.Add(alternative);
            return;
        }

        if (width > indents[^1])
        {
            if (alternative <= alternatives[^1])
                throw new SyntaxFault("inconsistent use of tabs and spaces in indentation", Here);
            if (indents.Count >= 100)
                throw new SyntaxFault("too many levels of indentation", Here);
            indents.Add(width);
            alternatives.Add(alternative);
            tokens.Add(new Token(TokenKind.Indent, "", Here));
            return;
        }

        while (width < indents[^1] && indents.Count > 1)
        {
            indents.RemoveAt(indents.Count - 1);
            alternatives.RemoveAt(alternatives.Count - 1);
            tokens.Add(new Token(TokenKind.Dedent, "", Here));
        }

        if (width != indents[^1])
            throw new SyntaxFault("unindent does not match any outer indentation level", Here);
        if (alternative != alternatives[^1])
            throw new SyntaxFault("inconsistent use of tabs and spaces in indentation", Here);
    }
}
