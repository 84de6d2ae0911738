namespace Postern.Expressions;

/// <summary>Finds which names each function binds and which it takes from the functions around it.</summary>
internal sealed partial class ScopeBuilder
{
    private readonly List<(Scope Scope, NameExpr Use)> uses = [];
    private readonly Dictionary<string, ScriptPosition> globals = new(StringComparer.Ordinal);
    private Scope scope = new(null, isInline: false);

    /// <summary>The names taken from the host, with the place of their first use.</summary>
    public IReadOnlyDictionary<string, ScriptPosition> Globals => globals;

    /// <summary>Names some function declares global, which the script itself may therefore define.</summary>
    public HashSet<string> AssignedGlobals { get; } = new(StringComparer.Ordinal);

    public Scope Build(IReadOnlyList<Stmt> body)
    {
        var top = scope;
        VisitAll(body);
        foreach (var (where, use) in uses)
            Resolve(where, use);
        return top;
    }

    private void Resolve(Scope where, NameExpr use)
    {
        var symbol = where.Find(use.Name);
        if (symbol is null)
            globals.TryAdd(use.Name, use.Position);
        else if (symbol.Scope.Owner != where.Owner)
            where.Capture(symbol);
    }

    private void Use(NameExpr name) => uses.Add((scope, name));

    private void Bind(Expr target)
    {
        switch (target)
        {
            case NameExpr name:
                scope.Declare(name.Name);
                Use(name);
                break;
            case StarredExpr starred:
                Bind(starred.Value);
                break;
            case SequenceExpr list:
                foreach (var item in list.Items)
                    Bind(item);
                break;
            default:
                Visit(target);
                break;
        }
    }

    private void BindName(string name, ScriptPosition position) => Bind(new NameExpr(name, position));

    private void BindWalrus(NameExpr target)
    {
        // Inside a comprehension the name belongs to the function around it.
        var home = scope;
        while (home.IsInline || home.IsGeneratorExpression)
        {
            if (home.Symbols.ContainsKey(target.Name))
                throw new SyntaxFault($"assignment expression cannot rebind comprehension iteration variable '{target.Name}'", target.Position);
            home = home.Parent!;
        }

        home.Declare(target.Name);
        Use(target);
    }

    private void Function(Scope inner, IReadOnlyList<Parameter> parameters, Action body)
    {
        foreach (var parameter in parameters)
        {
            if (parameter.Default is not null)
                Visit(parameter.Default);
            inner.Declare(parameter.Name);
        }

        var outer = scope;
        scope = inner;
        body();
        scope = outer;
    }

    private void Comprehension(ComprehensionExpr node)
    {
        var generator = node.Kind == ComprehensionKind.Generator;
        Visit(node.Clauses[0].Iterable);
        var outer = scope;
        scope = node.Scope = new Scope(outer, isInline: !generator, generator);
        for (var i = 0; i < node.Clauses.Count; i++)
        {
            if (i > 0)
                Visit(node.Clauses[i].Iterable);
            Bind(node.Clauses[i].Target);
            foreach (var condition in node.Clauses[i].Conditions)
                Visit(condition);
        }

        Visit(node.Element);
        if (node.Value is not null)
            Visit(node.Value);
        scope = outer;
    }

    private void DeclareScope(ScopeStmt node)
    {
        foreach (var name in node.Names)
        {
            if (scope.Symbols.ContainsKey(name))
                throw new SyntaxFault($"name '{name}' is assigned to before {(node.IsGlobal ? "global" : "nonlocal")} declaration", node.Position);
            var symbol = scope.Declare(name);
            symbol.IsGlobal = node.IsGlobal;
            if (node.IsGlobal)
                AssignedGlobals.Add(name);
            symbol.IsOuter = !node.IsGlobal;
            if (!node.IsGlobal && scope.Parent?.Find(name) is null)
                throw new SyntaxFault($"no binding for nonlocal '{name}' found", node.Position);
        }
    }
}
