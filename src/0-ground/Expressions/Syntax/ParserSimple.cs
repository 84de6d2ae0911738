namespace Postern.Expressions;

internal sealed partial class Parser
{
    private void ParseSimpleLine(List<Stmt> into)
    {
        do
        {
            if (Current.Kind is TokenKind.NewLine)
                break;
            into.Add(ParseSimple());
        }
        while (TryTake(";"));
        if (Current.Kind == TokenKind.NewLine)
            next++;
        else if (Current.Kind != TokenKind.End)
            throw Invalid();
    }

    private Stmt ParseSimple()
    {
        var position = Here;
        if (Current.Kind != TokenKind.Name)
            return ParseExpressionStatement();
        switch (Current.Text)
        {
            case "pass":
                next++;
                return new PassStmt(position);
            case "break":
                return ParseBreak(position);
            case "continue":
                return ParseContinue(position);
            case "return":
                next++;
                return new ReturnStmt(AtSimpleEnd ? null : ParseStarExpressions(), position);
            case "raise":
                return ParseRaise(position);
            case "del":
                return ParseDelete(position);
            case "assert":
                next++;
                var test = ParseExpression();
                return new AssertStmt(test, TryTake(",") ? ParseExpression() : null, position);
            case "global" or "nonlocal":
                return ParseScope(position);
            case "import":
                return ParseImport(position);
            case "from":
                return ParseFrom(position);
            case "await":
                throw Refused("await is", position);
            case "elif" or "else" or "except" or "finally":
                throw Invalid();
            default:
                return ParseExpressionStatement();
        }
    }

    private bool AtSimpleEnd => Current.Kind is TokenKind.NewLine or TokenKind.End || Current.Is(";");

    private BreakStmt ParseBreak(ScriptPosition position)
    {
        next++;
        return loops > 0 ? new BreakStmt(position) : throw new SyntaxFault("'break' outside loop", position);
    }

    private ContinueStmt ParseContinue(ScriptPosition position)
    {
        next++;
        return loops > 0 ? new ContinueStmt(position) : throw new SyntaxFault("'continue' not properly in loop", position);
    }

    private RaiseStmt ParseRaise(ScriptPosition position)
    {
        next++;
        if (AtSimpleEnd)
            return new RaiseStmt(null, null, position);
        var exception = ParseExpression();
        return new RaiseStmt(exception, TryWord("from") ? ParseExpression() : null, position);
    }

    private DeleteStmt ParseDelete(ScriptPosition position)
    {
        next++;
        var target = ParseStarExpressions();
        IReadOnlyList<Expr> targets = target is SequenceExpr { Kind: SequenceKind.Tuple or SequenceKind.List } list ? list.Items : [target];
        foreach (var item in targets)
        {
            if (item is not (NameExpr or AttributeExpr or SubscriptExpr))
                throw new SyntaxFault($"cannot delete {Describe(item)}", item.Position);
        }

        return new DeleteStmt(targets, position);
    }

    private ScopeStmt ParseScope(ScriptPosition position)
    {
        var isGlobal = Take().Text is "global";
        var names = new List<string> { ExpectName() };
        while (TryTake(","))
            names.Add(ExpectName());
        return new ScopeStmt(isGlobal, names, position);
    }

    private ImportStmt ParseImport(ScriptPosition position)
    {
        next++;
        var modules = new List<ImportedName>();
        do
        {
            var at = Here;
            var name = ParseDotted();
            modules.Add(new ImportedName(name, TryWord("as") ? ExpectName() : null, at));
        }
        while (TryTake(","));
        return new ImportStmt(modules, position);
    }

    private string ParseDotted()
    {
        var name = ExpectName();
        while (TryTake("."))
            name += "." + ExpectName();
        return name;
    }

    private FromStmt ParseFrom(ScriptPosition position)
    {
        next++;
        if (Current.Is(".") || Current.Is("..."))
            throw Refused("relative imports are", Here);
        var module = ParseDotted();
        ExpectWord("import");
        if (Current.Is("*"))
            throw Refused("`import *` is", Here);
        var parenthesised = TryTake("(");
        var names = new List<ImportedName>();
        do
        {
            if (parenthesised && Current.Is(")"))
                break;
            var at = Here;
            var name = ExpectName();
            names.Add(new ImportedName(name, TryWord("as") ? ExpectName() : null, at));
        }
        while (TryTake(","));
        if (parenthesised)
            Expect(")");
        return names.Count > 0 ? new FromStmt(module, names, position) : throw Invalid();
    }

    private Stmt ParseExpressionStatement()
    {
        var position = Here;
        var value = ParseStarExpressions();
        if (Current.Is("="))
            return ParseAssignment(value, position);
        if (Current.Is(":"))
            return ParseAnnotation(value, position);
        if (Current.Kind == TokenKind.Operator && Augmented(Current.Text) is { } op)
        {
            if (value is not (NameExpr or AttributeExpr or SubscriptExpr))
                throw new SyntaxFault($"'{Describe(value)}' is an illegal expression for augmented assignment", value.Position);
            next++;
            return new AugmentedStmt(value, op, ParseYieldOrExpressions(), position);
        }

        if (!AtSimpleEnd && value is NameExpr && Current.Kind is TokenKind.Name or TokenKind.Number or TokenKind.Text)
            throw PossiblyPrint(value, position);
        if (value is StarredExpr)
            throw new SyntaxFault("can't use starred expression here", value.Position);
        return new ExprStmt(value, position);
    }

    private SyntaxFault PossiblyPrint(Expr value, ScriptPosition position) => value is NameExpr { Name: "print" or "exec" } name
        ? new SyntaxFault($"Missing parentheses in call to '{name.Name}'. Did you mean {name.Name}(...)?", position)
        : Invalid();

    private AssignStmt ParseAssignment(Expr first, ScriptPosition position)
    {
        var targets = new List<Expr>();
        var value = first;
        while (TryTake("="))
        {
            RequireTarget(value, allowStar: true);
            targets.Add(value);
            value = ParseYieldOrExpressions();
        }

        if (value is StarredExpr)
            throw new SyntaxFault("can't use starred expression here", value.Position);
        return new AssignStmt(targets, value, position);
    }

    private Stmt ParseAnnotation(Expr target, ScriptPosition position)
    {
        next++;
        if (target is not (NameExpr or AttributeExpr or SubscriptExpr))
            throw new SyntaxFault("illegal target for annotation", target.Position);
        ParseExpression();
        return TryTake("=") ? new AssignStmt([target], ParseYieldOrExpressions(), position) : new DeclareStmt(target, position);
    }

    private static BinaryOperator? Augmented(string text) => text switch
    {
        "+=" => BinaryOperator.Add,
        "-=" => BinaryOperator.Subtract,
        "*=" => BinaryOperator.Multiply,
        "/=" => BinaryOperator.Divide,
        "//=" => BinaryOperator.FloorDivide,
        "%=" => BinaryOperator.Modulo,
        "**=" => BinaryOperator.Power,
        "<<=" => BinaryOperator.ShiftLeft,
        ">>=" => BinaryOperator.ShiftRight,
        "&=" => BinaryOperator.And,
        "|=" => BinaryOperator.Or,
        "^=" => BinaryOperator.Xor,
        "@=" => BinaryOperator.MatrixMultiply,
        _ => null,
    };
}
