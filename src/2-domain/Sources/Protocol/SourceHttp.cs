using System.Text.Json;
using System.Text.Json.Nodes;
using Postern.Kernel.Outbound;
using Postern.Kernel.Settings;

namespace Postern.Sources.Protocol;

/// <summary>Calls to providers: no private addresses unless the installation allows them, no redirects, no cookies, short waits, small answers.</summary>
sealed class SourceHttp : IDisposable
{
    const int MostBytes = 1024 * 1024;

    readonly HttpClient client;

    public SourceHttp(PosternSettings settings)
    {
        var allowPrivate = settings.Expressions.AllowPrivateAddresses;
        client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ConnectCallback = (context, cancellation) => GuardedConnection.OpenAsync(context.DnsEndPoint, allowPrivate, "sources", cancellation),
        })
        { Timeout = TimeSpan.FromSeconds(15), MaxResponseContentBufferSize = MostBytes };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("Postern");
        client.DefaultRequestHeaders.Accept.ParseAdd("application/json");
    }

    public async Task<JsonObject> GetAsync(Uri address, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        return await SendAsync(request, cancellation) as JsonObject ?? throw new JsonException("The answer is no JSON object.");
    }

    /// <exception cref="HttpRequestException">The provider does not answer, or refuses; the message carries its reason.</exception>
    public async Task<JsonNode?> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        using var response = await client.SendAsync(request, cancellation);
        var text = await response.Content.ReadAsStringAsync(cancellation);
        if (!response.IsSuccessStatusCode)
            throw new HttpRequestException($"{request.RequestUri!.Host} answered {(int)response.StatusCode} {(text.Length > 300 ? text[..300] : text)}".TrimEnd());
        return JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 32 });
    }

    public void Dispose() => client.Dispose();

    /// <summary>Whether an exception says that the provider could not be asked, and not that there is a bug.</summary>
    public static bool IsFailure(Exception e, CancellationToken cancellation) =>
        e is HttpRequestException or JsonException || (e is TaskCanceledException && !cancellation.IsCancellationRequested);
}
