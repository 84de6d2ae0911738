using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Postern.Jose;
using Postern.Kernel;
using Postern.Portal.Hosting;

namespace Postern.Portal.SignIn;

/// <summary>The OpenID provider that signs people in: its document, its keys, its token endpoint (OpenID Connect Discovery 1.0, Core 1.0).</summary>
sealed class Provider(PortalSettings settings, ProviderHttp http, TimeProvider clock) : IDisposable
{
    static readonly TimeSpan Fresh = TimeSpan.FromHours(1);

    readonly SemaphoreSlim loading = new(1, 1);
    volatile Known? known;

    public void Dispose() => loading.Dispose();

    /// <summary>The provider's document and keys, at most an hour old; <paramref name="anew"/> loads them now, for a key not seen before.</summary>
    public async Task<Result<Known>> KnowAsync(bool anew, CancellationToken cancellation)
    {
        if (!anew && known is { } current && clock.GetUtcNow() - current.At < Fresh)
            return current;
        await loading.WaitAsync(cancellation);
        try
        {
            var document = await http.GetJsonAsync(new Uri(settings.Issuer.ToString().TrimEnd('/') + "/.well-known/openid-configuration"), cancellation);
            if (!string.Equals(document["issuer"]?.ToString(), settings.Issuer.ToString(), StringComparison.Ordinal))
                return Fault.Input($"The provider calls itself {document["issuer"]}, not {settings.Issuer}.");
            var keys = await http.GetJsonAsync(new Uri(document["jwks_uri"]!.ToString()), cancellation);
            known = new Known(document, [.. keys["keys"]!.AsArray().OfType<JsonObject>().Select(JsonWebKey.Read).OfType<JsonWebKey>()], clock.GetUtcNow());
            return known;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or InvalidOperationException or UriFormatException or NullReferenceException or TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            return Fault.Input($"The provider {settings.Issuer} cannot be asked: {e.Message}");
        }
        finally
        {
            loading.Release();
        }
    }

    /// <summary>Trades a code for the ID token (RFC 6749 section 4.1.3, RFC 7636 section 4.5).</summary>
    public async Task<Result<string>> RedeemAsync(string code, string verifier, string redirectUri, CancellationToken cancellation)
    {
        if (!(await KnowAsync(anew: false, cancellation)).Succeeded(out var provider, out var fault))
            return fault;
        var form = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = redirectUri,
            ["code_verifier"] = verifier,
            ["client_id"] = settings.ClientId,
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, provider.Endpoint("token_endpoint")) { Content = new FormUrlEncodedContent(form) };
        if (settings.ClientSecret is { } secret)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(settings.ClientId)}:{Uri.EscapeDataString(secret.Reveal)}")));
        try
        {
            var answer = await http.SendAsync(request, cancellation);
            return answer["id_token"]?.ToString() is { Length: > 0 } token ? token : Fault.Input("The provider answered without an ID token.");
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            return Fault.Input($"The provider refused the sign-in: {e.Message}");
        }
    }
}

/// <summary>What is known of the provider.</summary>
sealed record Known(JsonObject Document, IReadOnlyList<JsonWebKey> Keys, DateTimeOffset At)
{
    public Uri Endpoint(string name) => new(Document[name]!.ToString());

    public Uri? EndpointOrNone(string name) => Document[name] is { } address ? new Uri(address.ToString()) : null;
}
