using Postern.Expressions;

namespace Postern.Policies.Expressions.Functions;

/// <summary><c>reverse_dns(ip_addr)</c>: the name of an address, or the address where it has none.</summary>
sealed class ResolveAddress(ResolveNames names) : IExpressionFunction
{
    public string Name => "reverse_dns";

    public async ValueTask<object?> CallAsync(ExpressionRun run, HostCall call)
    {
        call.Expect(1, "ip_addr");
        return await names.NameAsync(ScriptValue.ToText(call.Require(0, "ip_addr")), call.Cancellation);
    }
}
