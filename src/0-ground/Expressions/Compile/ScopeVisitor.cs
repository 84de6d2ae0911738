namespace Postern.Expressions;

internal sealed partial class ScopeBuilder
{
    private void VisitAll(IReadOnlyList<Stmt> body)
    {
        foreach (var statement in body)
            Visit(statement);
    }

    private void VisitAll(IEnumerable<Expr> items)
    {
        foreach (var item in items)
            Visit(item);
    }

    private void Visit(Stmt statement)
    {
        switch (statement)
        {
            case ExprStmt s: Visit(s.Value); break;
            case AssignStmt s: Visit(s.Value); foreach (var target in s.Targets) Bind(target); break;
            case AugmentedStmt s: Visit(s.Value); Bind(s.Target); break;
            case DeclareStmt s: if (s.Target is NameExpr declared) Bind(declared); break;
            case IfStmt s: VisitIf(s); break;
            case WhileStmt s: Visit(s.Test); VisitAll(s.Body); VisitAll(s.Otherwise); break;
            case ForStmt s: Visit(s.Iterable); Bind(s.Target); VisitAll(s.Body); VisitAll(s.Otherwise); break;
            case ReturnStmt s: VisitOptional(s.Value); break;
            case RaiseStmt s: VisitOptional(s.Exception); VisitOptional(s.Cause); break;
            case TryStmt s: VisitTry(s); break;
            case WithStmt s: Visit(s.Context); if (s.Target is not null) Bind(s.Target); VisitAll(s.Body); break;
            case DeleteStmt s: foreach (var target in s.Targets) Bind(target); break;
            case ScopeStmt s: DeclareScope(s); break;
            case AssertStmt s: Visit(s.Test); VisitOptional(s.Message); break;
            case ImportStmt s: foreach (var name in s.Modules) BindName(name.Alias ?? name.Name.Split('.')[0], name.Position); break;
            case FromStmt s: foreach (var name in s.Names) BindName(name.Alias ?? name.Name, name.Position); break;
            case FunctionStmt s: VisitFunction(s); break;
            case MatchStmt s: VisitMatch(s); break;
        }
    }

    private void VisitIf(IfStmt node)
    {
        foreach (var (test, body) in node.Branches)
        {
            Visit(test);
            VisitAll(body);
        }

        VisitAll(node.Otherwise);
    }

    private void VisitTry(TryStmt node)
    {
        VisitAll(node.Body);
        foreach (var handler in node.Handlers)
        {
            VisitOptional(handler.Type);
            if (handler.Name is not null)
                BindName(handler.Name, handler.Position);
            VisitAll(handler.Body);
        }

        VisitAll(node.Otherwise);
        VisitAll(node.Finally);
    }

    private void VisitFunction(FunctionStmt node)
    {
        VisitAll(node.Decorators);
        BindName(node.Name, node.Position);
        node.Scope = new Scope(scope, isInline: false);
        Function(node.Scope, node.Parameters, () => VisitAll(node.Body));
    }

    private void VisitMatch(MatchStmt node)
    {
        Visit(node.Subject);
        foreach (var item in node.Cases)
        {
            VisitPattern(item.Pattern);
            VisitOptional(item.Guard);
            VisitAll(item.Body);
        }
    }

    private void VisitPattern(Pattern pattern)
    {
        switch (pattern)
        {
            case ValuePattern p: Visit(p.Value); break;
            case CapturePattern p:
                if (p.Inner is not null)
                    VisitPattern(p.Inner);
                if (p.Name is not null)
                    BindName(p.Name, p.Position);
                break;
            case StarPattern { Name: { } name }: BindName(name, pattern.Position); break;
            case SequencePattern p: foreach (var item in p.Items) VisitPattern(item); break;
            case ChoicePattern p: foreach (var item in p.Choices) VisitPattern(item); break;
            case MappingPattern p:
                foreach (var (key, value) in p.Items)
                {
                    Visit(key);
                    VisitPattern(value);
                }

                if (p.Rest is not null)
                    BindName(p.Rest, p.Position);
                break;
            case ClassPattern p:
                Visit(p.Type);
                foreach (var item in p.Positional)
                    VisitPattern(item);
                foreach (var (_, value) in p.Keywords)
                    VisitPattern(value);
                break;
        }
    }

    private void VisitOptional(Expr? expr)
    {
        if (expr is not null)
            Visit(expr);
    }

    private void Visit(Expr expr)
    {
        switch (expr)
        {
            case NameExpr e: Use(e); break;
            case AttributeExpr e: Visit(e.Target); break;
            case SubscriptExpr e: Visit(e.Target); Visit(e.Index); break;
            case SliceExpr e: VisitOptional(e.Lower); VisitOptional(e.Upper); VisitOptional(e.Step); break;
            case CallExpr e: Visit(e.Function); VisitAll(e.Arguments.Select(a => a.Value)); break;
            case UnaryExpr e: Visit(e.Operand); break;
            case BinaryExpr e: Visit(e.Left); Visit(e.Right); break;
            case CompareExpr e: Visit(e.First); VisitAll(e.Rest.Select(r => r.Value)); break;
            case LogicalExpr e: VisitAll(e.Values); break;
            case ConditionalExpr e: Visit(e.Test); Visit(e.Then); Visit(e.Otherwise); break;
            case StarredExpr e: Visit(e.Value); break;
            case SequenceExpr e: VisitAll(e.Items); break;
            case DictExpr e:
                foreach (var (key, value) in e.Items)
                {
                    VisitOptional(key);
                    Visit(value);
                }

                break;
            case AssignmentExpr e: Visit(e.Value); BindWalrus(e.Target); break;
            case YieldExpr e: VisitYield(e); break;
            case FormattedExpr e: VisitFormatted(e); break;
            case LambdaExpr e:
                e.Scope = new Scope(scope, isInline: false);
                Function(e.Scope, e.Parameters, () => Visit(e.Body));
                break;
            case ComprehensionExpr e: Comprehension(e); break;
        }
    }

    private void VisitYield(YieldExpr node)
    {
        if (scope.IsInline || scope.IsGeneratorExpression)
            throw new SyntaxFault("'yield' inside comprehension", node.Position);
        scope.HasYield = true;
        VisitOptional(node.Value);
    }

    private void VisitFormatted(FormattedExpr node)
    {
        foreach (var part in node.Parts)
        {
            if (part is not FormatPart field)
                continue;
            Visit(field.Value);
            VisitOptional(field.Spec);
        }
    }
}
