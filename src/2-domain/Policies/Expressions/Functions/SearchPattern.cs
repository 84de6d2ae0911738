using Postern.Expressions;

namespace Postern.Policies.Expressions.Functions;

/// <summary><c>regex_match(value, regex)</c>: whether the pattern occurs anywhere in the text.</summary>
sealed class SearchPattern : IExpressionFunction
{
    public string Name => "regex_match";

    public ValueTask<object?> CallAsync(ExpressionRun run, HostCall call) => ValueTask.FromResult<object?>(
        call.Invoke(ScriptModules.Member("re", "search"), call.Require(1, "regex"), ScriptValue.ToText(call.Require(0, "value"))) is not null);
}
