using Postern.Expressions;

namespace Postern.Policies.Expressions.Functions;

/// <summary><c>regex_replace(value, regex, repl)</c>: the text with every match replaced.</summary>
sealed class ReplacePattern : IExpressionFunction
{
    public string Name => "regex_replace";

    public ValueTask<object?> CallAsync(ExpressionRun run, HostCall call) => ValueTask.FromResult(
        call.Invoke(ScriptModules.Member("re", "sub"), call.Require(1, "regex"), call.Require(2, "repl"), ScriptValue.ToText(call.Require(0, "value"))));
}
