namespace Postern.Expressions;

/// <summary>Recursive descent over the tokens of a script body, to a syntax tree with positions.</summary>
internal sealed partial class Parser(string source, List<Token> tokens)
{
    private const int MaxDepth = 250;

    private static readonly HashSet<string> Keywords = new(StringComparer.Ordinal)
    {
        "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except", "finally",
        "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
    };

    private int next;
    private int depth;
    private int loops;

    public static IReadOnlyList<Stmt> Parse(string source)
    {
        var parser = new Parser(source, Lexer.Read(source));
        return parser.ParseBody();
    }

    private Token Current => tokens[next];

    private ScriptPosition Here => tokens[next].Position;

    private List<Stmt> ParseBody()
    {
        var body = new List<Stmt>();
        while (Current.Kind != TokenKind.End)
        {
            if (Current.Kind == TokenKind.NewLine)
                next++;
            else if (Current.Kind == TokenKind.Indent)
                throw new SyntaxFault("unexpected indent", Here);
            else
                ParseStatement(body);
        }

        if (body.Count == 0)
            throw new SyntaxFault("the expression is empty: it needs at least one statement, for example `return True`", new ScriptPosition(1, 1), "empty");
        return body;
    }

    private Token Take() => tokens[next++];

    private bool TryTake(string op)
    {
        if (!Current.Is(op))
            return false;
        next++;
        return true;
    }

    private bool TryWord(string word)
    {
        if (!Current.IsWord(word))
            return false;
        next++;
        return true;
    }

    private Token Expect(string op)
    {
        if (Current.Is(op))
            return Take();
        throw Current.Kind is TokenKind.NewLine or TokenKind.End || op is ":" ? new SyntaxFault($"expected '{op}'", Here) : Invalid();
    }

    private void ExpectWord(string word)
    {
        if (!TryWord(word))
            throw Current.Kind is TokenKind.NewLine ? new SyntaxFault($"expected '{word}'", Here) : Invalid();
    }

    private string ExpectName()
    {
        if (Current.Kind != TokenKind.Name || Keywords.Contains(Current.Text))
            throw Invalid();
        return Take().Text;
    }

    private SyntaxFault Invalid() => Current.Kind switch
    {
        TokenKind.Indent => new SyntaxFault("unexpected indent", Here),
        _ => new SyntaxFault("invalid syntax", Here),
    };

    private static SyntaxFault Refused(string construct, ScriptPosition position) =>
        new($"{construct} not part of the expression language", position, "refused");

    /// <summary>Enters one level of nesting; the bound keeps every later walk over the tree within the stack.</summary>
    private void Enter()
    {
        if (++depth > MaxDepth)
            throw new SyntaxFault("too many nested expressions or blocks", Here, "depth");
    }

    private void Leave() => depth--;

    private static T Bound<T>(T node, params ReadOnlySpan<Expr?> children)
        where T : Expr
    {
        foreach (var child in children)
        {
            if (child is not null && child.Depth >= node.Depth)
                node.Depth = child.Depth + 1;
        }

        return node.Depth > 600 ? throw new SyntaxFault("too many nested expressions or blocks", node.Position, "depth") : node;
    }
}
