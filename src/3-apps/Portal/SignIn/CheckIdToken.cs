using System.Text.Json.Nodes;
using Postern.Jose;
using Postern.Kernel;
using Postern.Portal.Hosting;

namespace Postern.Portal.SignIn;

/// <summary>Checks the provider's tokens (OpenID Connect Core 1.0 section 3.1.3.7, Back-Channel Logout 1.0 section 2.6).</summary>
sealed class CheckIdToken(Provider provider, PortalSettings settings, TimeProvider clock)
{
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
        return IdTokenRules.Refusal(jws.Payload, settings.Issuer.ToString(), settings.ClientId, clock.GetUtcNow()) is { } refusal ? Fault.Input(refusal) : jws.Payload;
    }

    /// <summary>Keys change: one not seen before is looked for once more.</summary>
    async Task<Result<bool>> IsSignedAsync(CompactJws jws, CancellationToken cancellation)
    {
        foreach (var anew in new[] { false, true })
        {
            if (!(await provider.KnowAsync(anew, cancellation)).Succeeded(out var known, out var fault))
                return fault;
            if (jws.IsSignedByOneOf(known.Keys))
                return true;
        }
        return false;
    }
}
