namespace Postern.Policies.Expressions.Imports;

/// <summary>One name of a module that expressions may import; there is nothing behind a module but these.</summary>
public sealed record ExpressionImport(string Module, string Name, Func<ExpressionRun, object?> Value);
