using Postern.Expressions;

namespace Postern.Policies.Expressions.Functions;

/// <summary><c>ip_network(text)</c>: a range that addresses are in or not.</summary>
sealed class ParseNetwork : IExpressionFunction
{
    public string Name => "ip_network";

    public ValueTask<object?> CallAsync(ExpressionRun run, HostCall call) =>
        ValueTask.FromResult(call.Invoke(ScriptModules.Member("ipaddress", "ip_network"), call.Require(0, "address"), call.Get(1, "strict", true)));
}
