namespace Postern.Expressions;

internal enum ParameterKind
{
    PositionalOnly,
    Normal,
    Star,
    KeywordOnly,
    DoubleStar,
}

internal sealed record Parameter(string Name, ParameterKind Kind, Expr? Default, ScriptPosition Position);

internal sealed class LambdaExpr(IReadOnlyList<Parameter> parameters, Expr body, ScriptPosition position) : Expr(position)
{
    public IReadOnlyList<Parameter> Parameters { get; } = parameters;

    public Expr Body { get; } = body;

    public Scope? Scope { get; set; }
}

internal enum ComprehensionKind
{
    List,
    Set,
    Dict,
    Generator,
}

internal sealed record ComprehensionClause(Expr Target, Expr Iterable, IReadOnlyList<Expr> Conditions);

internal sealed class ComprehensionExpr(
    ComprehensionKind kind, Expr element, Expr? value, IReadOnlyList<ComprehensionClause> clauses, ScriptPosition position) : Expr(position)
{
    public ComprehensionKind Kind { get; } = kind;

    public Expr Element { get; } = element;

    public Expr? Value { get; } = value;

    public IReadOnlyList<ComprehensionClause> Clauses { get; } = clauses;

    public Scope? Scope { get; set; }
}

internal sealed class FunctionStmt(
    string name, IReadOnlyList<Parameter> parameters, IReadOnlyList<Stmt> body, IReadOnlyList<Expr> decorators, ScriptPosition position) : Stmt(position)
{
    public string Name { get; } = name;

    public IReadOnlyList<Parameter> Parameters { get; } = parameters;

    public IReadOnlyList<Stmt> Body { get; } = body;

    public IReadOnlyList<Expr> Decorators { get; } = decorators;

    public Scope? Scope { get; set; }
}
