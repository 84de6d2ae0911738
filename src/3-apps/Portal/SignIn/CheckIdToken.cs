using System.Text.Json.Nodes;
using Postern.Jose;
using Postern.Kernel;
using Postern.Portal.Hosting;

namespace Postern.Portal.SignIn;

/// <summary>Checks the provider's tokens (OpenID Connect Core 1.0 section 3.1.3.7, Back-Channel Logout 1.0 section 2.6).</summary>
sealed class CheckIdToken(Provider provider, PortalSettings settings, TimeProvider clock)
{
    static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    /// <summary>The claims of an ID token that answers the sign-in with this nonce.</summary>
    public async Task<Result<JsonObject>> IdTokenAsync(string token, string nonce, CancellationToken cancellation)
    {
        if (!(await ClaimsAsync(token, cancellation)).Succeeded(out var claims, out var fault))
            return fault;
        return string.Equals(claims["nonce"]?.ToString(), nonce, StringComparison.Ordinal) ? claims : Fault.Input("The token answers another sign-in.");
    }

    /// <summary>The claims of a logout token.</summary>
    public async Task<Result<JsonObject>> LogoutTokenAsync(string token, CancellationToken cancellation)
    {
        if (!(await ClaimsAsync(token, cancellation)).Succeeded(out var claims, out var fault))
            return fault;
        var isLogout = claims["events"] is JsonObject events && events.ContainsKey("http://schemas.openid.net/event/backchannel-logout") && claims["nonce"] is null;
        return isLogout ? claims : Fault.Input("This is no logout token.");
    }

    async Task<Result<JsonObject>> ClaimsAsync(string token, CancellationToken cancellation)
    {
        if (CompactJws.Read(token) is not { } jws)
            return Fault.Input("The token cannot be read.");
        if (!(await IsSignedAsync(jws, cancellation)).Succeeded(out var signed, out var fault))
            return fault;
        if (!signed)
            return Fault.Input("The token is not signed by the provider.");
        var now = clock.GetUtcNow();
        var claims = jws.Payload;
        return !string.Equals(claims["iss"]?.ToString(), settings.Issuer.ToString(), StringComparison.Ordinal) ? Fault.Input("The token is of another issuer.")
            : !IsForUs(claims) ? Fault.Input("The token is for another client.")
            : claims["exp"] is JsonValue end && end.TryGetValue<long>(out var expires) && DateTimeOffset.FromUnixTimeSeconds(expires) + Skew < now ? Fault.Input("The token has expired.")
            : claims["iat"] is not JsonValue at || !at.TryGetValue<long>(out var issued) || DateTimeOffset.FromUnixTimeSeconds(issued) - Skew > now ? Fault.Input("The token is of another time.")
            : claims;
    }

    /// <summary>Keys change: one not seen before is looked for once more.</summary>
    async Task<Result<bool>> IsSignedAsync(CompactJws jws, CancellationToken cancellation)
    {
        foreach (var anew in new[] { false, true })
        {
            if (!(await provider.KnowAsync(anew, cancellation)).Succeeded(out var known, out var fault))
                return fault;
            if (known.Keys.Where(k => jws.KeyId is null || string.Equals(k.KeyId, jws.KeyId, StringComparison.Ordinal)).Select(k => k.Verifier(jws.Algorithm)).OfType<SigningKey>().Any(jws.IsSignedBy))
                return true;
        }
        return false;
    }

    bool IsForUs(JsonObject claims) => claims["aud"] switch
    {
        JsonArray many => many.Any(a => string.Equals(a?.ToString(), settings.ClientId, StringComparison.Ordinal)) && (many.Count == 1 || string.Equals(claims["azp"]?.ToString(), settings.ClientId, StringComparison.Ordinal)),
        { } one => string.Equals(one.ToString(), settings.ClientId, StringComparison.Ordinal),
        _ => false,
    };
}
