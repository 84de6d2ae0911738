using Postern.Expressions;

namespace Postern.Policies.Expressions.Functions;

/// <summary>A helper that expressions call by name.</summary>
public interface IExpressionFunction
{
    string Name { get; }

    /// <summary>Where the helper exists.</summary>
    bool IsIn(ExpressionUse use) => true;

    /// <summary>Does the work; the result is a product or script value. Wrong use raises a <see cref="ScriptException"/>.</summary>
    ValueTask<object?> CallAsync(ExpressionRun run, HostCall call);
}
