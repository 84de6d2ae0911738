namespace Postern.Expressions;

internal sealed partial class Parser
{
    // `match` is a name everywhere else: it starts a statement only when its line ends with a colon and the block starts with `case`.
    private bool LooksLikeMatch()
    {
        var after = tokens[next + 1];
        if (after.Kind == TokenKind.Operator && after.Text is not ("(" or "[" or "{" or "-" or "*" or "~"))
            return false;
        if (after.Kind is TokenKind.NewLine or TokenKind.End)
            return false;
        var i = next + 1;
        while (tokens[i].Kind is not (TokenKind.NewLine or TokenKind.End))
            i++;
        return tokens[i - 1].Is(":") && tokens[i].Kind == TokenKind.NewLine && tokens[i + 1].Kind == TokenKind.Indent && tokens[i + 2].IsWord("case");
    }

    private MatchStmt ParseMatch()
    {
        var position = Take().Position;
        var subject = ParseStarExpressions();
        Expect(":");
        next += 2;
        var cases = new List<MatchCase>();
        while (Current.IsWord("case"))
        {
            var line = Take().Position.Line;
            var pattern = ParseOpenPattern();
            var guard = TryWord("if") ? ParseNamed() : null;
            cases.Add(new MatchCase(pattern, guard, ParseBlock("'case' statement", line)));
        }

        if (Current.Kind != TokenKind.Dedent)
            throw Invalid();
        next++;
        return new MatchStmt(subject, cases, position);
    }

    private Pattern ParseOpenPattern()
    {
        var position = Here;
        var first = ParseAsPattern();
        if (!Current.Is(",") && first is not StarPattern)
            return first;
        var items = new List<Pattern> { first };
        while (TryTake(",") && !Current.Is(":") && !Current.IsWord("if"))
            items.Add(ParseAsPattern());
        return new SequencePattern(items, position);
    }

    private Pattern ParseAsPattern()
    {
        Enter();
        var position = Here;
        if (TryTake("*"))
        {
            var star = ExpectName();
            Leave();
            return new StarPattern(star is "_" ? null : star, position);
        }

        var pattern = ParseChoice();
        if (TryWord("as"))
            pattern = new CapturePattern(ExpectName(), pattern, position);
        Leave();
        return pattern;
    }

    private Pattern ParseChoice()
    {
        var first = ParseClosedPattern();
        if (!Current.Is("|"))
            return first;
        var choices = new List<Pattern> { first };
        while (TryTake("|"))
            choices.Add(ParseClosedPattern());
        return new ChoicePattern(choices, first.Position);
    }

    private Pattern ParseClosedPattern()
    {
        var position = Here;
        if (Current.Kind is TokenKind.Number or TokenKind.Text or TokenKind.Bytes or TokenKind.Formatted || Current.Is("-"))
            return ParseLiteralPattern();
        if (TryTake("(") || Current.Is("["))
            return ParseSequencePattern(position);
        if (TryTake("{"))
            return ParseMappingPattern(position);
        if (Current.Text is "None" or "True" or "False")
            return new ValuePattern(ParseAtom(), position);
        var name = ExpectName();
        if (!Current.Is(".") && !Current.Is("("))
            return new CapturePattern(name is "_" ? null : name, null, position);
        Expr target = new NameExpr(name, position);
        while (TryTake("."))
            target = Bound(new AttributeExpr(target, ParseAttributeName(), position), target);
        return TryTake("(") ? ParseClassPattern(target, position) : new ValuePattern(target, position);
    }

    private ValuePattern ParseLiteralPattern()
    {
        var value = ParseOperators(4);
        return value is FormattedExpr
            ? throw new SyntaxFault("patterns may only match literals and attribute lookups", value.Position)
            : new ValuePattern(value, value.Position);
    }

    private Pattern ParseSequencePattern(ScriptPosition position)
    {
        var close = TryTake("[") ? "]" : ")";
        var items = new List<Pattern>();
        var comma = false;
        while (!Current.Is(close))
        {
            items.Add(ParseAsPattern());
            if (!TryTake(","))
                break;
            comma = true;
        }

        Expect(close);
        if (close is ")" && items.Count == 1 && !comma && items[0] is not StarPattern)
            return items[0];
        if (items.Count(i => i is StarPattern) > 1)
            throw new SyntaxFault("multiple starred expressions in sequence pattern", position);
        return new SequencePattern(items, position);
    }

    private MappingPattern ParseMappingPattern(ScriptPosition position)
    {
        var items = new List<(Expr, Pattern)>();
        string? rest = null;
        while (!Current.Is("}"))
        {
            if (TryTake("**"))
                rest = ExpectName();
            else
            {
                if (ParseClosedPattern() is not ValuePattern key)
                    throw new SyntaxFault("mapping pattern keys may only match literals and attribute lookups", position);
                Expect(":");
                items.Add((key.Value, ParseAsPattern()));
            }

            if (!TryTake(","))
                break;
        }

        Expect("}");
        return new MappingPattern(items, rest, position);
    }

    private ClassPattern ParseClassPattern(Expr type, ScriptPosition position)
    {
        var positional = new List<Pattern>();
        var keywords = new List<(string, Pattern)>();
        while (!Current.Is(")"))
        {
            if (Current.Kind == TokenKind.Name && tokens[next + 1].Is("="))
            {
                var name = ParseAttributeName();
                next++;
                keywords.Add((name, ParseAsPattern()));
            }
            else if (keywords.Count > 0)
                throw new SyntaxFault("positional patterns follow keyword patterns", Here);
            else
                positional.Add(ParseAsPattern());
            if (!TryTake(","))
                break;
        }

        Expect(")");
        return new ClassPattern(type, positional, keywords, position);
    }
}
