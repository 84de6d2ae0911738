namespace Postern.Expressions;

internal sealed partial class Lexer
{
    private FormatField ReadField(char quote, bool triple, bool raw)
    {
        var open = Here;
        if (++fieldDepth > 8)
            throw new SyntaxFault("f-string: expressions nested too deeply", open);
        at++;
        var from = at;
        var position = Here;
        SkipFieldExpression(quote, triple, open);
        var to = at;
        string? debug = null;
        if (Current == '=')
        {
            at++;
            while (Current is ' ' or '\t')
                at++;
            debug = source[from..at];
        }

        if (source.AsSpan(from, to - from).Trim().IsEmpty)
            throw new SyntaxFault("f-string: valid expression required before '}'", open);
        var conversion = ReadConversion();
        List<FormatPiece>? spec = null;
        if (Current == ':')
        {
            at++;
            spec = ReadPieces(quote, triple, raw, inSpec: true, open);
        }

        if (Current != '}')
            throw new SyntaxFault("f-string: expecting '}'", Here);
        at++;
        fieldDepth--;
        return new FormatField(from, to, position, conversion, spec, debug);
    }

    private char ReadConversion()
    {
        if (Current != '!')
            return '\0';
        var conversion = Peek();
        if (conversion is not ('r' or 's' or 'a'))
            throw new SyntaxFault($"f-string: invalid conversion character '{conversion}': expected 's', 'r', or 'a'", Here);
        at += 2;
        return conversion;
    }

    /// <summary>Moves to the character that ends the field's expression: `}`, `:`, `!` or a debugging `=`.</summary>
    private void SkipFieldExpression(char quote, bool triple, ScriptPosition open)
    {
        var depth = 0;
        while (true)
        {
            if (at >= end)
                throw new SyntaxFault("f-string: expecting '}'", open);
            var c = Current;
            if (depth == 0 && EndsField(c))
                return;
            if (c is '"' or '\'')
            {
                if (c == quote && AtQuote(quote, triple) && !StringStartsHere(quote))
                    throw new SyntaxFault("f-string: expecting '}'", open);
                SkipNestedString();
                continue;
            }

            if (c is '(' or '[' or '{')
                depth++;
            else if (c is ')' or ']' or '}')
                depth--;
            else if (c == '#')
                throw new SyntaxFault("f-string expression part cannot include '#'", Here);
            if (c is '\n' or '\r')
                NextLine();
            else
                at++;
        }
    }

    private bool EndsField(char c) => c switch
    {
        '}' or ':' => true,
        '!' => Peek() != '=',
        '=' => Peek() != '=' && (at == 0 || source[at - 1] is not ('=' or '!' or '<' or '>')),
        _ => false,
    };

    // Since 3.12 the same quote may be used inside a field; it starts a string when another one closes it on the same line.
    private bool StringStartsHere(char quote)
    {
        for (var i = at + 1; i < end && source[i] is not ('\n' or '\r'); i++)
        {
            if (source[i] == quote)
                return true;
        }

        return false;
    }

    private void SkipNestedString()
    {
        var position = Here;
        if (++fieldDepth > 16)
            throw new SyntaxFault("f-string: expressions nested too deeply", position);
        var prefix = at;
        while (prefix > 0 && char.IsAsciiLetter(source[prefix - 1]))
            prefix--;
        var formatted = source.AsSpan(prefix, at - prefix).ContainsAny("fF");
        var quote = Current;
        var triple = Peek() == quote && Peek(2) == quote;
        at += triple ? 3 : 1;
        if (formatted)
            ReadPieces(quote, triple, raw: true, inSpec: false, position);
        else
            SkipToQuote(quote, triple, position);
        at += triple ? 3 : 1;
        fieldDepth--;
    }
}
