using System.Text;
using System.Text.Json.Nodes;
using Postern.Jose;
using Postern.Kernel;
using Postern.Sources.OAuth;

namespace Postern.Sources.Protocol;

/// <summary>Checks a provider's ID token (OpenID Connect Core 1.0 section 3.1.3.7).</summary>
sealed class CheckIdToken(FindEndpoints find, TimeProvider clock)
{
    /// <summary>The claims. Faults: invalid, with why they must not be believed.</summary>
    public async Task<Result<JsonObject>> ExecuteAsync(OAuthSource source, Endpoints endpoints, string token, string nonce, CancellationToken cancellation)
    {
        if (CompactJws.Read(token) is not { } jws)
            return Fault.Input("The token cannot be read.");
        if (!(await IsSignedAsync(source, endpoints, jws, cancellation)).Succeeded(out var signed, out var fault))
            return fault;
        if (!signed)
            return Fault.Input("The token is not signed by the provider.");
        var claims = jws.Payload;
        // One document may stand for the tenants of all the provider's customers; each signs under its own name.
        var issuer = endpoints.Issuer?.Replace("{tenantid}", claims["tid"]?.ToString() ?? "", StringComparison.Ordinal);
        if (IdTokenRules.Refusal(claims, issuer, source.ConsumerKey, clock.GetUtcNow()) is { } refusal)
            return Fault.Input(refusal);
        return string.Equals(claims["nonce"]?.ToString(), nonce, StringComparison.Ordinal) ? claims : Fault.Input("The token answers another sign-in.");
    }

    /// <summary>Keys change: one not seen before is looked for once more.</summary>
    async Task<Result<bool>> IsSignedAsync(OAuthSource source, Endpoints endpoints, CompactJws jws, CancellationToken cancellation)
    {
        if (jws.Algorithm is "HS256")
            return jws.IsSignedBy(SigningKey.Shared(Encoding.UTF8.GetBytes(source.ConsumerSecret)));
        foreach (var anew in new[] { false, true })
        {
            if (!(await find.KeysAsync(source, endpoints, anew, cancellation)).Succeeded(out var keys, out var fault))
                return fault;
            if (jws.IsSignedByOneOf(keys))
                return true;
        }
        return false;
    }
}
