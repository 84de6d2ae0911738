namespace Postern.Expressions;

/// <summary>The bound of an evaluation that was exceeded.</summary>
public enum BudgetKind
{
    Steps,
    WallTime,
    Memory,
    Recursion,
    Output,
    Regex,
    HostTime,
}

/// <summary>Ends an evaluation that exceeded its budget; a script cannot catch it.</summary>
internal sealed class BudgetException(BudgetKind kind, string message) : Exception(message)
{
    public BudgetKind Kind { get; } = kind;
}
