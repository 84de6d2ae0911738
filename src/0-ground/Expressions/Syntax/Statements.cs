namespace Postern.Expressions;

internal abstract class Stmt(ScriptPosition position) : Node(position);

internal sealed class ExprStmt(Expr value, ScriptPosition position) : Stmt(position)
{
    public Expr Value { get; } = value;
}

internal sealed class AssignStmt(IReadOnlyList<Expr> targets, Expr value, ScriptPosition position) : Stmt(position)
{
    public IReadOnlyList<Expr> Targets { get; } = targets;

    public Expr Value { get; } = value;
}

internal sealed class AugmentedStmt(Expr target, BinaryOperator op, Expr value, ScriptPosition position) : Stmt(position)
{
    public Expr Target { get; } = target;

    public BinaryOperator Operator { get; } = op;

    public Expr Value { get; } = value;
}

/// <summary>`name: annotation` without a value; declares the name and does nothing.</summary>
internal sealed class DeclareStmt(Expr target, ScriptPosition position) : Stmt(position)
{
    public Expr Target { get; } = target;
}

internal sealed class IfStmt(IReadOnlyList<(Expr Test, IReadOnlyList<Stmt> Body)> branches, IReadOnlyList<Stmt> otherwise, ScriptPosition position)
    : Stmt(position)
{
    public IReadOnlyList<(Expr Test, IReadOnlyList<Stmt> Body)> Branches { get; } = branches;

    public IReadOnlyList<Stmt> Otherwise { get; } = otherwise;
}

internal sealed class WhileStmt(Expr test, IReadOnlyList<Stmt> body, IReadOnlyList<Stmt> otherwise, ScriptPosition position) : Stmt(position)
{
    public Expr Test { get; } = test;

    public IReadOnlyList<Stmt> Body { get; } = body;

    public IReadOnlyList<Stmt> Otherwise { get; } = otherwise;
}

internal sealed class ForStmt(Expr target, Expr iterable, IReadOnlyList<Stmt> body, IReadOnlyList<Stmt> otherwise, ScriptPosition position)
    : Stmt(position)
{
    public Expr Target { get; } = target;

    public Expr Iterable { get; } = iterable;

    public IReadOnlyList<Stmt> Body { get; } = body;

    public IReadOnlyList<Stmt> Otherwise { get; } = otherwise;
}

internal sealed class BreakStmt(ScriptPosition position) : Stmt(position);

internal sealed class ContinueStmt(ScriptPosition position) : Stmt(position);

internal sealed class PassStmt(ScriptPosition position) : Stmt(position);

internal sealed class ReturnStmt(Expr? value, ScriptPosition position) : Stmt(position)
{
    public Expr? Value { get; } = value;
}

internal sealed class RaiseStmt(Expr? exception, Expr? cause, ScriptPosition position) : Stmt(position)
{
    public Expr? Exception { get; } = exception;

    public Expr? Cause { get; } = cause;
}

internal sealed record Handler(Expr? Type, string? Name, IReadOnlyList<Stmt> Body, ScriptPosition Position);

internal sealed class TryStmt(
    IReadOnlyList<Stmt> body, IReadOnlyList<Handler> handlers, IReadOnlyList<Stmt> otherwise, IReadOnlyList<Stmt> last, ScriptPosition position)
    : Stmt(position)
{
    public IReadOnlyList<Stmt> Body { get; } = body;

    public IReadOnlyList<Handler> Handlers { get; } = handlers;

    public IReadOnlyList<Stmt> Otherwise { get; } = otherwise;

    public IReadOnlyList<Stmt> Finally { get; } = last;
}

internal sealed class WithStmt(Expr context, Expr? target, IReadOnlyList<Stmt> body, ScriptPosition position) : Stmt(position)
{
    public Expr Context { get; } = context;

    public Expr? Target { get; } = target;

    public IReadOnlyList<Stmt> Body { get; } = body;
}

internal sealed class DeleteStmt(IReadOnlyList<Expr> targets, ScriptPosition position) : Stmt(position)
{
    public IReadOnlyList<Expr> Targets { get; } = targets;
}

internal sealed class ScopeStmt(bool isGlobal, IReadOnlyList<string> names, ScriptPosition position) : Stmt(position)
{
    public bool IsGlobal { get; } = isGlobal;

    public IReadOnlyList<string> Names { get; } = names;
}

internal sealed class AssertStmt(Expr test, Expr? message, ScriptPosition position) : Stmt(position)
{
    public Expr Test { get; } = test;

    public Expr? Message { get; } = message;
}

internal sealed record ImportedName(string Name, string? Alias, ScriptPosition Position);

internal sealed class ImportStmt(IReadOnlyList<ImportedName> modules, ScriptPosition position) : Stmt(position)
{
    public IReadOnlyList<ImportedName> Modules { get; } = modules;
}

internal sealed class FromStmt(string module, IReadOnlyList<ImportedName> names, ScriptPosition position) : Stmt(position)
{
    public string Module { get; } = module;

    public IReadOnlyList<ImportedName> Names { get; } = names;
}
