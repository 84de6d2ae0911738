using System.Globalization;
using System.Numerics;

namespace Postern.Expressions;

internal sealed partial class Lexer
{
    private const int MaxDigits = 4300;

    private void ReadNumber()
    {
        var from = at;
        var position = Here;
        object value = Current == '0' && char.ToLowerInvariant(Peek()) is 'x' or 'o' or 'b'
            ? ReadRadix(position)
            : ReadDecimal(position);
        if (at < end && (IsNamePart(source[at])))
        {
            if (source[at] is 'j' or 'J')
                throw new SyntaxFault("complex numbers are not part of the expression language", position, "refused");
            // `1if x else 2` is accepted by the language: a keyword may follow a number directly.
            if (!FollowsKeyword())
                throw new SyntaxFault("invalid decimal literal", position);
        }

        tokens.Add(new Token(TokenKind.Number, source[from..at], position, value, at));
    }

    private bool FollowsKeyword()
    {
        var stop = at;
        while (stop < end && char.IsAsciiLetter(source[stop]))
            stop++;
        return source[at..stop] is "if" or "else" or "and" or "or" or "in" or "is" or "not" or "for";
    }

    private object ReadRadix(ScriptPosition position)
    {
        var kind = char.ToLowerInvariant(Peek());
        at += 2;
        var radix = kind switch { 'x' => 16, 'o' => 8, _ => 2 };
        var value = BigInteger.Zero;
        var digits = 0;
        for (; at < end && (char.IsAsciiHexDigit(source[at]) || source[at] == '_'); at++)
        {
            if (source[at] == '_')
                continue;
            var digit = Convert.ToInt32(source[at].ToString(), 16);
            var name = kind switch { 'x' => "hexadecimal", 'o' => "octal", _ => "binary" };
            if (digit >= radix)
                throw new SyntaxFault($"invalid digit '{source[at]}' in {name} literal", position);
            if (++digits > MaxDigits)
                throw new SyntaxFault("the number is too long", position);
            value = value * radix + digit;
        }

        if (digits == 0)
            throw new SyntaxFault($"invalid {kind switch { 'x' => "hexadecimal", 'o' => "octal", _ => "binary" }} literal", position);
        return Numbers.Normalise(value);
    }

    private object ReadDecimal(ScriptPosition position)
    {
        var from = at;
        SkipDigits(position);
        var isFloat = false;
        if (Current == '.')
        {
            isFloat = true;
            at++;
            SkipDigits(position);
        }

        if (Current is 'e' or 'E' && (char.IsAsciiDigit(Peek()) || (Peek() is '+' or '-' && char.IsAsciiDigit(Peek(2)))))
        {
            isFloat = true;
            at += 2;
            SkipDigits(position);
        }

        var text = source[from..at].Replace("_", "", StringComparison.Ordinal);
        if (isFloat)
            return double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (text.Length > 1 && text[0] == '0' && text.Trim('0').Length > 0)
            throw new SyntaxFault("leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers", position);
        if (text.Length > MaxDigits)
            throw new SyntaxFault("Exceeds the limit (4300 digits) for integer string conversion", position);
        return Numbers.Normalise(BigInteger.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture));
    }

    private void SkipDigits(ScriptPosition position)
    {
        for (; at < end; at++)
        {
            if (char.IsAsciiDigit(source[at]))
                continue;
            if (source[at] != '_')
                return;
            if (!char.IsAsciiDigit(Peek()))
                throw new SyntaxFault("invalid decimal literal", position);
        }
    }
}
