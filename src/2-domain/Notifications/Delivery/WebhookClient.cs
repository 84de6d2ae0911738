using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Postern.Kernel.Outbound;
using Postern.Kernel.Settings;
using Postern.Keys;
using Postern.Storage.Snapshots;

namespace Postern.Notifications.Delivery;

/// <summary>The HTTP client of webhooks: no private addresses unless the installation allows them, no redirects, no cookies, and only so much time and answer.</summary>
sealed class WebhookClient : IDisposable
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    readonly bool allowPrivate;
    readonly Snapshot<KeyPicture> keys;
    readonly HttpClient usual;

    public WebhookClient(PosternSettings settings, Snapshot<KeyPicture> keys)
    {
        allowPrivate = settings.Expressions.AllowPrivateAddresses;
        this.keys = keys;
        usual = new HttpClient(Handler());
    }

    /// <summary>Sends and reads the beginning of the answer; <paramref name="authority"/> is the certificate to check the server by.</summary>
    public async Task<(int Status, string Text)> SendAsync(HttpRequestMessage request, Guid? authority, int mostAnswer, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limit);
        request.Headers.UserAgent.ParseAdd("Postern");
        if (authority is not { } pk)
            return await SendAsync(usual, request, mostAnswer, limit.Token);
        var pair = (await keys.GetAsync(cancellation)).Find(pk) ?? throw new DeliveryException("The transport's certificate is gone.");
        using var client = new HttpClient(Handler(pair));
        return await SendAsync(client, request, mostAnswer, limit.Token);
    }

    public void Dispose() => usual.Dispose();

    static async Task<(int Status, string Text)> SendAsync(HttpClient client, HttpRequestMessage request, int mostAnswer, CancellationToken cancellation)
    {
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[mostAnswer];
        var read = await stream.ReadAtLeastAsync(buffer, mostAnswer, throwOnEndOfStream: false, cancellation);
        return ((int)response.StatusCode, Encoding.UTF8.GetString(buffer, 0, read));
    }

    SocketsHttpHandler Handler(OpenKeyPair? authority = null)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = TimeSpan.FromSeconds(3),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ConnectCallback = (context, cancellation) => GuardedConnection.OpenAsync(context.DnsEndPoint, allowPrivate, "webhooks", cancellation),
        };
        if (authority is not null)
        {
            handler.SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    RevocationMode = X509RevocationMode.NoCheck,
                    CustomTrustStore = { authority.Certificate },
                },
            };
        }
        return handler;
    }
}
