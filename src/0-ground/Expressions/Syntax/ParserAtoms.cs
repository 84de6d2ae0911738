namespace Postern.Expressions;

internal sealed partial class Parser
{
    private Expr ParseAtom()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Number:
                next++;
                return new ConstantExpr(token.Value, token.Position);
            case TokenKind.Text or TokenKind.Formatted or TokenKind.Bytes:
                return ParseStrings();
            case TokenKind.Name:
                return ParseNameAtom(token);
            case TokenKind.Operator:
                return ParseBracketed(token);
            default:
                throw Invalid();
        }
    }

    private Expr ParseNameAtom(Token token)
    {
        switch (token.Text)
        {
            case "True":
                next++;
                return new ConstantExpr(Boxed.True, token.Position);
            case "False":
                next++;
                return new ConstantExpr(Boxed.False, token.Position);
            case "None":
                next++;
                return new ConstantExpr(null, token.Position);
        }

        return new NameExpr(ExpectName(), token.Position);
    }

    private Expr ParseBracketed(Token token)
    {
        if (token.Text is not ("(" or "[" or "{" or "..."))
            throw Invalid();
        Enter();
        next++;
        Expr value = token.Text switch
        {
            "(" => ParseParenthesised(token.Position),
            "[" => ParseList(token.Position),
            "{" => ParseBraces(token.Position),
            _ => new ConstantExpr(Ellipsis.Value, token.Position),
        };
        Leave();
        return value;
    }

    private Expr ParseParenthesised(ScriptPosition position)
    {
        if (TryTake(")"))
            return new SequenceExpr(SequenceKind.Tuple, [], position);
        if (Current.IsWord("yield"))
        {
            var yielded = ParseYield();
            Expect(")");
            return yielded;
        }

        var first = ParseStarExpression();
        if (Current.IsWord("for") || Current.IsWord("async"))
        {
            var generator = ParseComprehension(ComprehensionKind.Generator, first, null, position);
            Expect(")");
            return generator;
        }

        if (!Current.Is(","))
        {
            Close(")");
            return first is StarredExpr ? throw new SyntaxFault("cannot use starred expression here", first.Position) : first;
        }

        return ParseItems(SequenceKind.Tuple, first, ")", position);
    }

    private SequenceExpr ParseItems(SequenceKind kind, Expr first, string close, ScriptPosition position)
    {
        var items = new List<Expr> { first };
        while (TryTake(",") && !Current.Is(close))
            items.Add(ParseStarExpression());
        Close(close);
        return Bound(new SequenceExpr(kind, items, position), items.ToArray());
    }

    private void Close(string close)
    {
        if (!TryTake(close))
            throw MissingComma();
    }

    private Expr ParseList(ScriptPosition position)
    {
        if (TryTake("]"))
            return new SequenceExpr(SequenceKind.List, [], position);
        var first = ParseStarExpression();
        if (!Current.IsWord("for") && !Current.IsWord("async"))
            return ParseItems(SequenceKind.List, first, "]", position);
        var comprehension = ParseComprehension(ComprehensionKind.List, first, null, position);
        Close("]");
        return comprehension;
    }

    private Expr ParseBraces(ScriptPosition position)
    {
        if (TryTake("}"))
            return new DictExpr([], position);
        if (Current.Is("**"))
            return ParseDict([], position);
        var first = ParseStarExpression();
        if (Current.Is(":"))
        {
            next++;
            var value = ParseExpression();
            if (!Current.IsWord("for") && !Current.IsWord("async"))
                return ParseDict([(first, value)], position);
            var dict = ParseComprehension(ComprehensionKind.Dict, first, value, position);
            Close("}");
            return dict;
        }

        if (!Current.IsWord("for") && !Current.IsWord("async"))
            return ParseItems(SequenceKind.Set, first, "}", position);
        var set = ParseComprehension(ComprehensionKind.Set, first, null, position);
        Close("}");
        return set;
    }

    private DictExpr ParseDict(List<(Expr? Key, Expr Value)> items, ScriptPosition position)
    {
        if (items.Count > 0 && !TryTake(","))
        {
            Close("}");
            return Bound(new DictExpr(items, position), items[0].Key, items[0].Value);
        }

        while (!Current.Is("}"))
        {
            if (TryTake("**"))
                items.Add((null, ParseOperators(0)));
            else
            {
                var key = ParseExpression();
                if (!Current.Is(":"))
                    throw new SyntaxFault("':' expected after dictionary key", Here);
                next++;
                items.Add((key, ParseExpression()));
            }

            if (!TryTake(","))
                break;
        }

        Close("}");
        var dict = new DictExpr(items, position);
        foreach (var (key, value) in items)
            Bound(dict, key, value);
        return dict;
    }

    private ComprehensionExpr ParseComprehension(ComprehensionKind kind, Expr element, Expr? value, ScriptPosition position)
    {
        if (element is StarredExpr)
            throw new SyntaxFault("iterable unpacking cannot be used in comprehension", element.Position);
        var clauses = new List<ComprehensionClause>();
        var node = new ComprehensionExpr(kind, element, value, clauses, position);
        Bound(node, element, value);
        while (Current.IsWord("for") || Current.IsWord("async"))
        {
            if (Current.IsWord("async"))
                throw Refused("async is", Here);
            next++;
            var target = ParseTargetList();
            ExpectWord("in");
            var iterable = ParseOr();
            if (Current.IsWord("if") is false && Current.IsWord("else"))
                throw Invalid();
            var conditions = new List<Expr>();
            while (TryWord("if"))
            {
                var condition = ParseOrNamed();
                conditions.Add(condition);
                Bound(node, condition);
            }

            clauses.Add(new ComprehensionClause(target, iterable, conditions));
            Bound(node, iterable);
        }

        return clauses.Count > 20 ? throw new SyntaxFault("too many nested expressions or blocks", position, "depth") : node;
    }

    // A condition of a comprehension is a disjunction: a conditional expression needs parentheses there.
    private Expr ParseOrNamed()
    {
        var value = Current.IsWord("lambda") ? ParseLambda() : ParseOr();
        if (!Current.Is(":=") || value is not NameExpr target)
            return value;
        next++;
        var assigned = ParseOr();
        return Bound(new AssignmentExpr(target, assigned, target.Position), assigned);
    }
}
