using System.Text.Json;
using System.Text.Json.Nodes;

namespace Postern.Portal.SignIn;

/// <summary>Calls to the provider: short waits, small answers, no redirects.</summary>
sealed class ProviderHttp : IDisposable
{
    readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = TimeSpan.FromSeconds(15),
        MaxResponseContentBufferSize = 1024 * 1024,
    };

    public async Task<JsonObject> GetJsonAsync(Uri address, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        return await SendAsync(request, cancellation);
    }

    /// <exception cref="HttpRequestException">The provider does not answer, or refuses; the message carries its reason.</exception>
    public async Task<JsonObject> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        using var response = await client.SendAsync(request, cancellation);
        var text = await response.Content.ReadAsStringAsync(cancellation);
        if (!response.IsSuccessStatusCode)
            throw new HttpRequestException($"{(int)response.StatusCode} {(text.Length > 300 ? text[..300] : text)}");
        return JsonNode.Parse(text) as JsonObject ?? throw new JsonException("The answer is no JSON object.");
    }

    public void Dispose() => client.Dispose();
}
