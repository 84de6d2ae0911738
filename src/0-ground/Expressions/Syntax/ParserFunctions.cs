namespace Postern.Expressions;

internal sealed partial class Parser
{
    private FunctionStmt ParseFunction()
    {
        var decorators = new List<Expr>();
        while (TryTake("@"))
        {
            decorators.Add(ParseNamed());
            if (Current.Kind != TokenKind.NewLine)
                throw Invalid();
            next++;
        }

        if (Current.IsWord("class"))
            throw Refused("classes are", Here);
        if (Current.IsWord("async"))
            throw Refused("async is", Here);
        var position = Here;
        ExpectWord("def");
        var name = ExpectName();
        Expect("(");
        var parameters = ParseParameters(")", annotated: true);
        Expect(")");
        if (TryTake("->"))
            ParseExpression();
        var outer = loops;
        loops = 0;
        var body = ParseBlock("function definition", position.Line);
        loops = outer;
        return new FunctionStmt(name, parameters, body, decorators, position);
    }

    private LambdaExpr ParseLambda()
    {
        var position = Take().Position;
        Enter();
        var parameters = ParseParameters(":", annotated: false);
        Expect(":");
        var outer = loops;
        loops = 0;
        var body = ParseExpression();
        loops = outer;
        Leave();
        return Bound(new LambdaExpr(parameters, body, position), body);
    }

    private List<Parameter> ParseParameters(string close, bool annotated)
    {
        var list = new List<Parameter>();
        var kind = ParameterKind.Normal;
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (!Current.Is(close))
        {
            var position = Here;
            if (TryTake("/"))
                MarkPositionalOnly(list, kind, position);
            else if (TryTake("**"))
                list.Add(ParseParameter(ParameterKind.DoubleStar, annotated, names));
            else if (TryTake("*"))
            {
                if (kind == ParameterKind.KeywordOnly)
                    throw new SyntaxFault("* argument may appear only once", position);
                kind = ParameterKind.KeywordOnly;
                if (!Current.Is(","))
                    list.Add(ParseParameter(ParameterKind.Star, annotated, names));
                else if (tokens[next + 1].Is(close) || tokens[next + 1].Is("**"))
                    throw new SyntaxFault("named arguments must follow bare *", position);
            }
            else
                AddNamed(list, ParseParameter(kind, annotated, names));

            if (!TryTake(","))
                break;
            if (list.Count > 0 && list[^1].Kind == ParameterKind.DoubleStar && !Current.Is(close))
                throw new SyntaxFault("arguments cannot follow var-keyword argument", Here);
        }

        return list;
    }

    private static void AddNamed(List<Parameter> list, Parameter parameter)
    {
        if (parameter.Kind == ParameterKind.Normal && parameter.Default is null && list.Count > 0 && list[^1].Default is not null)
            throw new SyntaxFault("non-default argument follows default argument", parameter.Position);
        list.Add(parameter);
    }

    private static void MarkPositionalOnly(List<Parameter> list, ParameterKind kind, ScriptPosition position)
    {
        if (list.Count == 0)
            throw new SyntaxFault("at least one argument must precede /", position);
        if (kind != ParameterKind.Normal || list[0].Kind == ParameterKind.PositionalOnly)
            throw new SyntaxFault("/ may appear only once", position);
        for (var i = 0; i < list.Count; i++)
            list[i] = list[i] with { Kind = ParameterKind.PositionalOnly };
    }

    private Parameter ParseParameter(ParameterKind kind, bool annotated, HashSet<string> names)
    {
        var position = Here;
        var name = ExpectName();
        if (!names.Add(name))
            throw new SyntaxFault($"duplicate argument '{name}' in function definition", position);
        if (annotated && TryTake(":"))
            ParseExpression();
        var isStar = kind is ParameterKind.Star or ParameterKind.DoubleStar;
        var value = !isStar && TryTake("=") ? ParseExpression() : null;
        return new Parameter(name, kind, value, position);
    }
}
