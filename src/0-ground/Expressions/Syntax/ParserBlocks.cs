namespace Postern.Expressions;

internal sealed partial class Parser
{
    private void ParseStatement(List<Stmt> into)
    {
        Enter();
        var compound = ParseCompound();
        if (compound is not null)
            into.Add(compound);
        else
            ParseSimpleLine(into);
        Leave();
    }

    private Stmt? ParseCompound()
    {
        if (Current.Is("@"))
            return ParseFunction();
        if (Current.Kind != TokenKind.Name)
            return null;
        return Current.Text switch
        {
            "if" => ParseIf(),
            "while" => ParseWhile(),
            "for" => ParseFor(),
            "try" => ParseTry(),
            "with" => ParseWith(),
            "def" => ParseFunction(),
            "match" when LooksLikeMatch() => ParseMatch(),
            "class" => throw Refused("classes are", Here),
            "async" => throw Refused("async is", Here),
            _ => null,
        };
    }

    /// <summary>Parses `: block`; <paramref name="owner"/> is named in the message when the block is missing.</summary>
    private List<Stmt> ParseBlock(string owner, int line)
    {
        Expect(":");
        var body = new List<Stmt>();
        if (Current.Kind != TokenKind.NewLine)
        {
            ParseSimpleLine(body);
            return body;
        }

        next++;
        if (Current.Kind != TokenKind.Indent)
            throw new SyntaxFault($"expected an indented block after {owner} on line {line}", Here);
        next++;
        while (Current.Kind is not (TokenKind.Dedent or TokenKind.End))
        {
            if (Current.Kind == TokenKind.Indent)
                throw new SyntaxFault("unexpected indent", Here);
            ParseStatement(body);
        }

        if (Current.Kind == TokenKind.Dedent)
            next++;
        return body;
    }

    private List<Stmt> ParseElse()
    {
        var line = Here.Line;
        return TryWord("else") ? ParseBlock("'else' statement", line) : [];
    }

    private List<Stmt> ParseLoopBody(string owner, int line)
    {
        loops++;
        var body = ParseBlock(owner, line);
        loops--;
        return body;
    }

    private IfStmt ParseIf()
    {
        var position = Take().Position;
        var branches = new List<(Expr, IReadOnlyList<Stmt>)> { (ParseNamed(), ParseBlock("'if' statement", position.Line)) };
        while (Current.IsWord("elif"))
        {
            var line = Take().Position.Line;
            branches.Add((ParseNamed(), ParseBlock("'elif' statement", line)));
        }

        return new IfStmt(branches, ParseElse(), position);
    }

    private WhileStmt ParseWhile()
    {
        var position = Take().Position;
        return new WhileStmt(ParseNamed(), ParseLoopBody("'while' statement", position.Line), ParseElse(), position);
    }

    private ForStmt ParseFor()
    {
        var position = Take().Position;
        var target = ParseTargetList();
        ExpectWord("in");
        var iterable = ParseStarExpressions();
        return new ForStmt(target, iterable, ParseLoopBody("'for' statement", position.Line), ParseElse(), position);
    }

    private TryStmt ParseTry()
    {
        var position = Take().Position;
        var body = ParseBlock("'try' statement", position.Line);
        var handlers = new List<Handler>();
        while (Current.IsWord("except"))
            handlers.Add(ParseHandler());
        for (var i = 0; i < handlers.Count - 1; i++)
        {
            if (handlers[i].Type is null)
                throw new SyntaxFault("default 'except:' must be last", handlers[i].Position);
        }

        var otherwise = handlers.Count > 0 ? ParseElse() : [];
        var line = Here.Line;
        List<Stmt> last = TryWord("finally") ? ParseBlock("'finally' statement", line) : [];
        if (handlers.Count == 0 && last.Count == 0)
            throw new SyntaxFault("expected 'except' or 'finally' block", Here);
        return new TryStmt(body, handlers, otherwise, last, position);
    }

    private Handler ParseHandler()
    {
        var position = Take().Position;
        if (Current.Is("*"))
            throw Refused("exception groups (except*) are", Here);
        Expr? type = null;
        string? name = null;
        if (!Current.Is(":"))
        {
            type = ParseExpression();
            if (Current.Is(","))
                throw new SyntaxFault("multiple exception types must be parenthesized", type.Position);
            if (TryWord("as"))
                name = ExpectName();
        }

        return new Handler(type, name, ParseBlock("'except' statement", position.Line), position);
    }

    private WithStmt ParseWith()
    {
        var position = Take().Position;
        var items = ParseWithItems();
        IReadOnlyList<Stmt> body = ParseBlock("'with' statement", position.Line);
        for (var i = items.Count - 1; i > 0; i--)
            body = [new WithStmt(items[i].Context, items[i].Target, body, position)];
        return new WithStmt(items[0].Context, items[0].Target, body, position);
    }

    private List<(Expr Context, Expr? Target)> ParseWithItems()
    {
        var parenthesised = Current.Is("(") && WithIsParenthesised();
        if (parenthesised)
            next++;
        var items = new List<(Expr, Expr?)>();
        do
        {
            if (parenthesised && Current.Is(")"))
                break;
            var context = ParseExpression();
            items.Add((context, TryWord("as") ? ParseSingleTarget() : null));
        }
        while (TryTake(",") && items.Count < 20);
        if (parenthesised)
            Expect(")");
        return items;
    }

    // `with (a as b, c):` against `with (a):` or `with (a).b:`: the parenthesis belongs to the statement when a colon follows its end.
    private bool WithIsParenthesised()
    {
        var level = 0;
        for (var i = next; i < tokens.Count; i++)
        {
            if (tokens[i].Is("(") || tokens[i].Is("[") || tokens[i].Is("{"))
                level++;
            else if (tokens[i].Is(")") || tokens[i].Is("]") || tokens[i].Is("}"))
                level--;
            if (level == 0)
                return tokens[i + 1].Is(":");
        }

        return false;
    }
}
