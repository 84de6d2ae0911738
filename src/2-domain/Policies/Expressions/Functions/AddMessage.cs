using Postern.Expressions;

namespace Postern.Policies.Expressions.Functions;

/// <summary><c>ak_message(text)</c>: tells the user something along with the verdict.</summary>
sealed class AddMessage : IExpressionFunction
{
    public string Name => "ak_message";

    public bool IsIn(ExpressionUse use) => use is ExpressionUse.Policy;

    public ValueTask<object?> CallAsync(ExpressionRun run, HostCall call)
    {
        run.Messages.Add(ScriptValue.ToText(call.Require(0, "message")));
        return ValueTask.FromResult<object?>(null);
    }
}
