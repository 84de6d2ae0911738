namespace Postern.Expressions;

internal enum TokenKind
{
    Name,
    Number,
    Text,
    Bytes,
    Formatted,
    Operator,
    NewLine,
    Indent,
    Dedent,
    End,
}

/// <summary>One lexical element; <see cref="Value"/> holds the decoded literal where the kind has one.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, ScriptPosition Position, object? Value = null, int End = 0)
{
    public bool Is(string op) => Kind == TokenKind.Operator && string.Equals(Text, op, StringComparison.Ordinal);

    public bool IsWord(string word) => Kind == TokenKind.Name && string.Equals(Text, word, StringComparison.Ordinal);
}

/// <summary>A piece of an f-string: literal text, or a replacement field that points into the source.</summary>
internal sealed record FormatPiece(string? Literal, FormatField? Field);

/// <summary>A replacement field `{expression!conversion:spec}` of an f-string, by source offsets.</summary>
internal sealed record FormatField(int Start, int End, ScriptPosition Position, char Conversion, IReadOnlyList<FormatPiece>? Spec, string? DebugText);
