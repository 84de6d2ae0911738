namespace Postern.Expressions;

internal sealed partial class Parser
{
    private Expr ParseYieldOrExpressions() => Current.IsWord("yield") ? ParseYield() : ParseStarExpressions();

    private YieldExpr ParseYield()
    {
        var position = Take().Position;
        if (TryWord("from"))
            return new YieldExpr(ParseExpression(), isFrom: true, position);
        var bare = AtSimpleEnd || Current.Is(")") || Current.Is("]") || Current.Is("=");
        return new YieldExpr(bare ? null : ParseStarExpressions(), isFrom: false, position);
    }

    /// <summary>An expression, or a tuple without parentheses, whose items may be starred.</summary>
    private Expr ParseStarExpressions()
    {
        if (Current.IsWord("yield"))
            return ParseYield();
        var position = Here;
        var first = ParseStarExpression();
        if (!Current.Is(","))
            return first;
        var items = new List<Expr> { first };
        while (TryTake(","))
        {
            if (AtExpressionsEnd)
                break;
            items.Add(ParseStarExpression());
        }

        return Bound(new SequenceExpr(SequenceKind.Tuple, items, position), items.ToArray());
    }

    private bool AtExpressionsEnd =>
        AtSimpleEnd || (Current.Kind == TokenKind.Operator && Current.Text is ")" or "]" or "}" or "=" or ":") || (Current.Kind == TokenKind.Operator && Augmented(Current.Text) is not null);

    private Expr ParseStarExpression()
    {
        var position = Here;
        if (!TryTake("*"))
            return ParseNamed();
        var value = ParseOperators(0);
        return Bound(new StarredExpr(value, position), value);
    }

    private Expr ParseNamed()
    {
        var value = ParseExpression();
        if (!Current.Is(":="))
            return value;
        if (value is not NameExpr target)
            throw new SyntaxFault($"cannot use assignment expressions with {Describe(value)}", value.Position);
        next++;
        var assigned = ParseExpression();
        return Bound(new AssignmentExpr(target, assigned, target.Position), assigned);
    }

    private Expr ParseExpression()
    {
        if (Current.IsWord("lambda"))
            return ParseLambda();
        Enter();
        var value = ParseOr();
        if (Current.IsWord("if"))
        {
            next++;
            var test = ParseOr();
            if (!Current.IsWord("else"))
                throw new SyntaxFault("expected 'else' after 'if' expression", value.Position);
            next++;
            var otherwise = ParseExpression();
            value = Bound(new ConditionalExpr(test, value, otherwise, value.Position), test, value, otherwise);
        }

        Leave();
        return value;
    }

    private Expr ParseOr()
    {
        var first = ParseAnd();
        if (!Current.IsWord("or"))
            return first;
        var values = new List<Expr> { first };
        while (TryWord("or"))
            values.Add(ParseAnd());
        return Bound(new LogicalExpr(isAnd: false, values, first.Position), values.ToArray());
    }

    private Expr ParseAnd()
    {
        var first = ParseNot();
        if (!Current.IsWord("and"))
            return first;
        var values = new List<Expr> { first };
        while (TryWord("and"))
            values.Add(ParseNot());
        return Bound(new LogicalExpr(isAnd: true, values, first.Position), values.ToArray());
    }

    private Expr ParseNot()
    {
        if (!Current.IsWord("not"))
            return ParseComparison();
        var position = Take().Position;
        Enter();
        var operand = ParseNot();
        Leave();
        return Bound(new UnaryExpr(UnaryOperator.Not, operand, position), operand);
    }

    private Expr ParseComparison()
    {
        var first = ParseOperators(0);
        if (PeekComparison() is null)
            return first;
        var rest = new List<(CompareOperator, Expr)>();
        var children = new List<Expr> { first };
        while (PeekComparison() is { } op)
        {
            next += op is CompareOperator.NotIn or CompareOperator.IsNot ? 2 : 1;
            var value = ParseOperators(0);
            rest.Add((op, value));
            children.Add(value);
        }

        return Bound(new CompareExpr(first, rest, first.Position), children.ToArray());
    }

    private CompareOperator? PeekComparison() => Current switch
    {
        { Kind: TokenKind.Operator } => Current.Text switch
        {
            "==" => CompareOperator.Equal,
            "!=" => CompareOperator.NotEqual,
            "<" => CompareOperator.Less,
            "<=" => CompareOperator.LessOrEqual,
            ">" => CompareOperator.Greater,
            ">=" => CompareOperator.GreaterOrEqual,
            _ => null,
        },
        { Kind: TokenKind.Name, Text: "in" } => CompareOperator.In,
        { Kind: TokenKind.Name, Text: "is" } => tokens[next + 1].IsWord("not") ? CompareOperator.IsNot : CompareOperator.Is,
        { Kind: TokenKind.Name, Text: "not" } when tokens[next + 1].IsWord("in") => CompareOperator.NotIn,
        _ => null,
    };

    private static readonly Dictionary<string, (int Level, BinaryOperator Operator)> Precedence = new(StringComparer.Ordinal)
    {
        ["|"] = (1, BinaryOperator.Or),
        ["^"] = (2, BinaryOperator.Xor),
        ["&"] = (3, BinaryOperator.And),
        ["<<"] = (4, BinaryOperator.ShiftLeft),
        [">>"] = (4, BinaryOperator.ShiftRight),
        ["+"] = (5, BinaryOperator.Add),
        ["-"] = (5, BinaryOperator.Subtract),
        ["*"] = (6, BinaryOperator.Multiply),
        ["/"] = (6, BinaryOperator.Divide),
        ["//"] = (6, BinaryOperator.FloorDivide),
        ["%"] = (6, BinaryOperator.Modulo),
        ["@"] = (6, BinaryOperator.MatrixMultiply),
    };

    private Expr ParseOperators(int level)
    {
        var left = ParseUnary();
        while (Current.Kind == TokenKind.Operator && Precedence.TryGetValue(Current.Text, out var entry) && entry.Level > level)
        {
            var position = Take().Position;
            var right = ParseOperators(entry.Level);
            left = Bound(new BinaryExpr(entry.Operator, left, right, position), left, right);
        }

        return left;
    }

    private Expr ParseUnary()
    {
        UnaryOperator? op = Current.Kind != TokenKind.Operator ? null : Current.Text switch
        {
            "-" => UnaryOperator.Negative,
            "+" => UnaryOperator.Positive,
            "~" => UnaryOperator.Invert,
            _ => null,
        };
        if (op is null)
            return ParsePower();
        var position = Take().Position;
        Enter();
        var operand = ParseUnary();
        Leave();
        return Bound(new UnaryExpr(op.Value, operand, position), operand);
    }

    private Expr ParsePower()
    {
        var value = ParsePostfix();
        if (!Current.Is("**"))
            return value;
        var position = Take().Position;
        Enter();
        var exponent = ParseUnary();
        Leave();
        return Bound(new BinaryExpr(BinaryOperator.Power, value, exponent, position), value, exponent);
    }
}
