using System.Text;

namespace Postern.Expressions;

internal sealed partial class Parser
{
    /// <summary>Parses adjacent string literals, which are one value.</summary>
    private Expr ParseStrings()
    {
        var position = Here;
        if (Current.Kind == TokenKind.Bytes)
            return ParseBytes(position);
        var parts = new List<object>();
        var formatted = false;
        var text = new StringBuilder();
        while (Current.Kind is TokenKind.Text or TokenKind.Formatted or TokenKind.Bytes)
        {
            var token = Take();
            if (token.Kind == TokenKind.Bytes)
                throw new SyntaxFault("cannot mix bytes and nonbytes literals", position);
            if (token.Value is string literal)
                text.Append(literal);
            else
            {
                formatted = true;
                AddPieces(parts, text, (List<FormatPiece>)token.Value!);
            }
        }

        if (!formatted)
            return new ConstantExpr(text.ToString(), position);
        FlushText(parts, text);
        return BoundFormatted(new FormattedExpr(parts, position));
    }

    private ConstantExpr ParseBytes(ScriptPosition position)
    {
        var all = new List<byte>();
        while (Current.Kind is TokenKind.Text or TokenKind.Formatted or TokenKind.Bytes)
        {
            if (Take().Value is not byte[] bytes)
                throw new SyntaxFault("cannot mix bytes and nonbytes literals", position);
            all.AddRange(bytes);
        }

        return new ConstantExpr(new ScriptBytes(all.ToArray()), position);
    }

    private void AddPieces(List<object> parts, StringBuilder text, IReadOnlyList<FormatPiece> pieces)
    {
        foreach (var piece in pieces)
        {
            if (piece.Field is not { } field)
            {
                text.Append(piece.Literal);
                continue;
            }

            text.Append(field.DebugText);
            FlushText(parts, text);
            parts.Add(ParseField(field));
        }
    }

    private static void FlushText(List<object> parts, StringBuilder text)
    {
        if (text.Length > 0)
            parts.Add(text.ToString());
        text.Clear();
    }

    private FormatPart ParseField(FormatField field)
    {
        Enter();
        var inner = new Parser(source, Lexer.ReadField(source, field)) { depth = depth };
        var value = inner.ParseYieldOrExpressions();
        if (inner.Current.Kind != TokenKind.End)
            throw new SyntaxFault("f-string: invalid syntax", inner.Here);
        FormattedExpr? spec = null;
        if (field.Spec is not null)
        {
            var parts = new List<object>();
            var text = new StringBuilder();
            AddPieces(parts, text, field.Spec);
            FlushText(parts, text);
            spec = BoundFormatted(new FormattedExpr(parts, field.Position));
        }

        Leave();
        var conversion = field.DebugText is not null && field.Conversion == '\0' && spec is null ? 'r' : field.Conversion;
        return new FormatPart(value, conversion, spec);
    }

    private static FormattedExpr BoundFormatted(FormattedExpr node)
    {
        foreach (var part in node.Parts)
        {
            if (part is FormatPart field)
                Bound(node, field.Value, field.Spec);
        }

        return node;
    }
}
