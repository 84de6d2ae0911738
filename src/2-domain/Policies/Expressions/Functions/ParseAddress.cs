using Postern.Expressions;

namespace Postern.Policies.Expressions.Functions;

/// <summary><c>ip_address(text)</c>: an address to compare and to ask.</summary>
sealed class ParseAddress : IExpressionFunction
{
    public string Name => "ip_address";

    public ValueTask<object?> CallAsync(ExpressionRun run, HostCall call) =>
        ValueTask.FromResult(call.Invoke(ScriptModules.Member("ipaddress", "ip_address"), call.Require(0, "address")));
}
