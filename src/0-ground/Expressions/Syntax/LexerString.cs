using System.Text;

namespace Postern.Expressions;

internal sealed partial class Lexer
{
    private bool IsStringPrefix()
    {
        var offset = 0;
        while (offset < 2 && char.IsAsciiLetter(Peek(offset)))
            offset++;
        if (offset == 0 || Peek(offset) is not ('"' or '\''))
            return false;
        var prefix = source.Substring(at, offset).ToLowerInvariant();
        return prefix is "r" or "b" or "f" or "u" or "rb" or "br" or "rf" or "fr";
    }

    private void ReadString()
    {
        var position = Here;
        bool raw = false, bytes = false, formatted = false;
        for (; Current is not ('"' or '\''); at++)
        {
            raw |= Current is 'r' or 'R';
            bytes |= Current is 'b' or 'B';
            formatted |= Current is 'f' or 'F';
        }

        var quote = Current;
        var triple = Peek() == quote && Peek(2) == quote;
        at += triple ? 3 : 1;
        if (formatted)
        {
            var pieces = ReadPieces(quote, triple, raw, inSpec: false, position);
            at += triple ? 3 : 1;
            tokens.Add(new Token(TokenKind.Formatted, "", position, pieces, at));
            return;
        }

        var from = at;
        SkipToQuote(quote, triple, position);
        var body = source[from..at].Replace("\r\n", "\n", StringComparison.Ordinal);
        at += triple ? 3 : 1;
        if (bytes)
            tokens.Add(new Token(TokenKind.Bytes, "", position, StringEscapes.DecodeBytes(body, raw, position), at));
        else
            tokens.Add(new Token(TokenKind.Text, "", position, raw ? body : StringEscapes.Decode(body, position), at));
    }

    private bool AtQuote(char quote, bool triple) => Current == quote && at < end && (!triple || (Peek() == quote && Peek(2) == quote));

    private void SkipToQuote(char quote, bool triple, ScriptPosition position)
    {
        while (!AtQuote(quote, triple))
        {
            if (at >= end || (!triple && Current is '\n' or '\r'))
                throw Unterminated(triple, position);
            SkipStringCharacter();
        }
    }

    private SyntaxFault Unterminated(bool triple, ScriptPosition position) => triple
        ? new SyntaxFault($"unterminated triple-quoted string literal (detected at line {line})", position)
        : new SyntaxFault($"unterminated string literal (detected at line {line})", position);

    private void SkipStringCharacter()
    {
        if (Current == '\\' && at + 1 < end)
            at++;
        if (Current is '\n' or '\r')
            NextLine();
        else
            at++;
    }

    private List<FormatPiece> ReadPieces(char quote, bool triple, bool raw, bool inSpec, ScriptPosition position)
    {
        var pieces = new List<FormatPiece>();
        var literal = new StringBuilder();
        while (!AtQuote(quote, triple))
        {
            if (at >= end || (!triple && Current is '\n' or '\r'))
                throw inSpec ? new SyntaxFault("f-string: expecting '}'", position) : Unterminated(triple, position);
            if (Current is '{' or '}' && Peek() == Current && !inSpec)
            {
                literal.Append(Current);
                at += 2;
            }
            else if (Current == '}')
            {
                if (inSpec)
                    break;
                throw new SyntaxFault("f-string: single '}' is not allowed", Here);
            }
            else if (Current == '{')
            {
                Flush(pieces, literal, raw, position);
                pieces.Add(new FormatPiece(null, ReadField(quote, triple, raw)));
            }
            else
                AppendLiteral(literal, raw);
        }

        Flush(pieces, literal, raw, position);
        return pieces;
    }

    private void AppendLiteral(StringBuilder literal, bool raw)
    {
        // A named escape holds braces that are no replacement field.
        if (!raw && Current == '\\' && Peek() == 'N' && Peek(2) == '{')
        {
            while (at < end && Current != '}')
                literal.Append(source[at++]);
            return;
        }

        // The backslash and the character after it stay together, and are decoded when the piece is complete.
        var from = at;
        if (Current == '\\' && Peek() is '{' or '}')
            at++;
        else
            SkipStringCharacter();
        literal.Append(source, from, at - from);
    }

    private static void Flush(List<FormatPiece> pieces, StringBuilder literal, bool raw, ScriptPosition position)
    {
        if (literal.Length == 0)
            return;
        var text = literal.ToString().Replace("\r\n", "\n", StringComparison.Ordinal);
        pieces.Add(new FormatPiece(raw ? text : StringEscapes.Decode(text, position), null));
        literal.Clear();
    }
}
