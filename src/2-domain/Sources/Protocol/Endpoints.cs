using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Postern.Jose;
using Postern.Kernel;
using Postern.Sources.OAuth;

namespace Postern.Sources.Protocol;

/// <summary>Where a provider is: what the source says, else the provider's own document, else its type.</summary>
/// <param name="Issuer">Its name in tokens; null where nothing tells it.</param>
/// <param name="NamesItself">It says who it is in each answer (RFC 9207).</param>
sealed record Endpoints(Uri Authorization, Uri Token, Uri? Profile, Uri? Jwks, string? Issuer, bool NamesItself);

/// <summary>Finds addresses and keys of providers; what they say of themselves is kept for an hour.</summary>
sealed class FindEndpoints(SourceHttp http, TimeProvider clock)
{
    static readonly TimeSpan Fresh = TimeSpan.FromHours(1);

    readonly ConcurrentDictionary<Uri, (JsonObject Document, DateTimeOffset At)> known = new();

    /// <summary>Faults: invalid, with what is missing or why the provider cannot be asked.</summary>
    public async Task<Result<Endpoints>> ExecuteAsync(OAuthSource source, CancellationToken cancellation)
    {
        var (type, document) = (source.Type, new JsonObject());
        if (Address(source.OidcWellKnownUrl, type.WellKnownUrl) is { } wellKnown)
        {
            if (!(await ReadAsync(wellKnown, anew: false, cancellation)).Succeeded(out var read, out var fault))
                return fault;
            document = read;
        }
        if (Address(source.AuthorizationUrl, Text(document, "authorization_endpoint"), type.AuthorizationUrl) is not { } authorization
            || Address(source.AccessTokenUrl, Text(document, "token_endpoint"), type.AccessTokenUrl) is not { } token)
            return Fault.Input("It is not known where the provider is.");
        return new Endpoints(
            authorization, token, Address(source.ProfileUrl, Text(document, "userinfo_endpoint"), type.ProfileUrl), Address(source.OidcJwksUrl, Text(document, "jwks_uri"), type.JwksUrl),
            Text(document, "issuer"), document["authorization_response_iss_parameter_supported"] is JsonValue says && says.TryGetValue<bool>(out var yes) && yes);
    }

    /// <summary>The provider's keys; empty where it has none. <paramref name="anew"/> asks it now, for a key not seen before.</summary>
    public async Task<Result<IReadOnlyList<JsonWebKey>>> KeysAsync(OAuthSource source, Endpoints endpoints, bool anew, CancellationToken cancellation)
    {
        var set = source.OidcJwks;
        if (set.Count == 0 && endpoints.Jwks is { } address)
        {
            if (!(await ReadAsync(address, anew, cancellation)).Succeeded(out var read, out var fault))
                return fault;
            set = read;
        }
        return Result<IReadOnlyList<JsonWebKey>>.Of([.. (set["keys"] as JsonArray ?? []).OfType<JsonObject>().Select(JsonWebKey.Read).OfType<JsonWebKey>()]);
    }

    async Task<Result<JsonObject>> ReadAsync(Uri address, bool anew, CancellationToken cancellation)
    {
        if (!anew && known.TryGetValue(address, out var kept) && clock.GetUtcNow() - kept.At < Fresh)
            return kept.Document;
        try
        {
            var document = await http.GetAsync(address, cancellation);
            known[address] = (document, clock.GetUtcNow());
            return document;
        }
        catch (Exception e) when (SourceHttp.IsFailure(e, cancellation))
        {
            return Fault.Input($"The provider cannot be asked at {address}: {e.Message}");
        }
    }

    static Uri? Address(params string?[] candidates) =>
        candidates.FirstOrDefault(c => !string.IsNullOrEmpty(c)) is { } text && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri : null;

    static string? Text(JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
