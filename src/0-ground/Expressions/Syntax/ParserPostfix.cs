namespace Postern.Expressions;

internal sealed partial class Parser
{
    private Expr ParsePostfix()
    {
        if (Current.IsWord("await"))
            throw Refused("await is", Here);
        var value = ParseAtom();
        while (Current.Kind == TokenKind.Operator)
        {
            var position = Here;
            switch (Current.Text)
            {
                case ".":
                    next++;
                    position = Here;
                    value = Bound(new AttributeExpr(value, ParseAttributeName(), position), value);
                    break;
                case "(":
                    next++;
                    value = ParseCall(value, position);
                    break;
                case "[":
                    next++;
                    Enter();
                    var index = ParseSubscript();
                    Leave();
                    Expect("]");
                    value = Bound(new SubscriptExpr(value, index, position), value, index);
                    break;
                default:
                    return value;
            }
        }

        return value;
    }

    private string ParseAttributeName()
    {
        var position = Here;
        var name = ExpectName();
        return AttributeNames.IsAllowed(name)
            ? name
            : throw new SyntaxFault($"access to attribute '{name}' is not allowed: names that start with an underscore are private", position, "private");
    }

    private CallExpr ParseCall(Expr function, ScriptPosition position)
    {
        Enter();
        var arguments = new List<Argument>();
        while (!Current.Is(")"))
        {
            arguments.Add(ParseArgument(arguments));
            if (!TryTake(","))
                break;
        }

        Leave();
        if (!Current.Is(")"))
            throw MissingComma();
        next++;
        var call = Bound(new CallExpr(function, arguments, position), function);
        return Bound(call, arguments.Select(a => a.Value).ToArray());
    }

    private SyntaxFault MissingComma() => Current.Kind is TokenKind.Name or TokenKind.Number or TokenKind.Text
        ? new SyntaxFault("invalid syntax. Perhaps you forgot a comma?", Here)
        : Invalid();

    private Argument ParseArgument(List<Argument> before)
    {
        if (TryTake("**"))
            return new Argument(ArgumentKind.DoubleStar, null, ParseExpression());
        if (Current.Is("*"))
        {
            next++;
            return new Argument(ArgumentKind.Star, null, ParseExpression());
        }

        if (Current.Kind == TokenKind.Name && tokens[next + 1].Is("="))
            return ParseKeyword(before);
        var position = Here;
        var value = ParseNamed();
        if (Current.IsWord("for") || Current.IsWord("async"))
        {
            value = ParseComprehension(ComprehensionKind.Generator, value, null, position);
            if (before.Count > 0 || Current.Is(","))
                throw new SyntaxFault("Generator expression must be parenthesized", position);
        }

        if (Current.Is("="))
            throw new SyntaxFault("expression cannot contain assignment, perhaps you meant \"==\"?", position);
        if (before.Exists(a => a.Kind == ArgumentKind.DoubleStar))
            throw new SyntaxFault("positional argument follows keyword argument unpacking", position);
        if (before.Exists(a => a.Kind == ArgumentKind.Keyword))
            throw new SyntaxFault("positional argument follows keyword argument", position);
        return new Argument(ArgumentKind.Positional, null, value);
    }

    private Argument ParseKeyword(List<Argument> before)
    {
        var position = Here;
        if (Current.Text is "True" or "False" or "None")
            throw new SyntaxFault($"cannot assign to {Current.Text}", position);
        var name = ExpectName();
        next++;
        if (before.Exists(a => a.Kind == ArgumentKind.Keyword && string.Equals(a.Name, name, StringComparison.Ordinal)))
            throw new SyntaxFault($"keyword argument repeated: {name}", position);
        return new Argument(ArgumentKind.Keyword, name, ParseExpression());
    }

    private Expr ParseSubscript()
    {
        var position = Here;
        var first = ParseSlice();
        if (!Current.Is(","))
            return first;
        var items = new List<Expr> { first };
        while (TryTake(","))
        {
            if (Current.Is("]"))
                break;
            items.Add(ParseSlice());
        }

        return Bound(new SequenceExpr(SequenceKind.Tuple, items, position), items.ToArray());
    }

    private Expr ParseSlice()
    {
        var position = Here;
        var lower = Current.Is(":") ? null : ParseStarExpression();
        if (!TryTake(":"))
            return lower ?? throw Invalid();
        var upper = AtSliceEnd ? null : ParseExpression();
        Expr? step = null;
        if (TryTake(":"))
            step = AtSliceEnd ? null : ParseExpression();
        return Bound(new SliceExpr(lower, upper, step, position), lower, upper, step);
    }

    private bool AtSliceEnd => Current.Kind == TokenKind.Operator && Current.Text is ":" or "]" or ",";
}
