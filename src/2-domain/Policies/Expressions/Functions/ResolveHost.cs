using System.Net.Sockets;
using Postern.Expressions;

namespace Postern.Policies.Expressions.Functions;

/// <summary><c>resolve_dns(host, ip_version=None)</c>: addresses of a host, none when there are none.</summary>
sealed class ResolveHost(ResolveNames names) : IExpressionFunction
{
    public string Name => "resolve_dns";

    public async ValueTask<object?> CallAsync(ExpressionRun run, HostCall call)
    {
        call.Expect(2, "host", "ip_version");
        var family = call.Get(1, "ip_version") switch
        {
            4L => AddressFamily.InterNetwork,
            6L => AddressFamily.InterNetworkV6,
            _ => AddressFamily.Unspecified,
        };
        var host = call.RequireText(0, "host");
        return host.Length == 0 ? new ScriptList() : new ScriptList(await names.AddressesAsync(host, family, call.Cancellation));
    }
}
