using Postern.Kernel.Outbound;

namespace Postern.Policies.Expressions.Requests;

/// <summary>
/// The HTTP client of expressions. Addresses are checked where the connection is made, after names are resolved, so that no name can be
/// pointed at a private address between a check and its use. It follows no redirects and keeps no cookies.
/// </summary>
sealed class AllowedHttp : IDisposable
{
    readonly ExpressionLimits limits;

    public AllowedHttp(ExpressionLimits limits)
    {
        this.limits = limits;
        Client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = limits.ConnectTime,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ConnectCallback = ConnectAsync,
        });
        Client.DefaultRequestHeaders.UserAgent.ParseAdd("Postern");
    }

    public HttpClient Client { get; }

    /// <summary>The host is on the installation's list.</summary>
    public bool IsAllowed(string host) => limits.AllowedHosts.Any(allowed =>
        allowed is "*"
        || string.Equals(allowed, host, StringComparison.OrdinalIgnoreCase)
        || (allowed.StartsWith("*.", StringComparison.Ordinal) && host.EndsWith(allowed[1..], StringComparison.OrdinalIgnoreCase)));

    public void Dispose() => Client.Dispose();

    ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation) =>
        GuardedConnection.OpenAsync(context.DnsEndPoint, limits.AllowPrivateAddresses, "expressions", cancellation);
}
