using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Postern.Api.Http;
using Postern.Brands;
using Postern.Flows.Running;
using Postern.Jose;
using Postern.Kernel;
using Postern.Kernel.Values;
using Postern.Sources.OAuth;

namespace Postern.Sources.Protocol;

/// <summary>Sends a browser to a source to sign in there (RFC 6749 section 4.1.1, RFC 7636, OpenID Connect Core 1.0 section 3.1.2.1).</summary>
sealed class BeginSignIn(FindEndpoints find, Attempts attempts, Links links)
{
    /// <summary>Where to send the browser. Faults: as <see cref="FindEndpoints"/>.</summary>
    public async Task<Result<string>> ExecuteAsync(HttpContext http, OAuthSource source, PageQuery query, string flow, CancellationToken cancellation)
    {
        if (!(await find.ExecuteAsync(source, cancellation)).Succeeded(out var endpoints, out var fault))
            return fault;
        var attempt = new Attempt(RandomText.Alphanumeric(32), RandomText.Alphanumeric(64), query.Text, flow, http.Caller().UserPk, "");
        var parameters = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["response_type"] = "code",
            ["client_id"] = source.ConsumerKey,
            ["redirect_uri"] = await links.ToAsync(source.CallbackPath, http.Request, cancellation),
            ["scope"] = Scopes(source),
            ["state"] = await attempts.KeepAsync(http, source, attempt, cancellation),
        };
        foreach (var (name, value) in source.Type.Parameters)
            parameters[name] = value;
        if (source.Type.IsOpenId)
            parameters["nonce"] = attempt.Nonce;
        if (source.Type.IsOpenId && IsAnew(attempt, query))
            parameters["prompt"] = "login";
        if (source.Pkce is not PkceMethod.None)
        {
            parameters["code_challenge"] = source.Pkce is PkceMethod.S256 ? Base64Text.Of(SHA256.HashData(Encoding.ASCII.GetBytes(attempt.Verifier))) : attempt.Verifier;
            parameters["code_challenge_method"] = WireEnum<PkceMethod>.Name(source.Pkce);
        }
        return QueryHelpers.AddQueryString(endpoints.Authorization.AbsoluteUri, parameters);
    }

    /// <summary>Who is sent to sign in though signed in already, or for an application that wants a fresh sign-in, signs in afresh at the source too.</summary>
    static bool IsAnew(Attempt attempt, PageQuery query) =>
        attempt is { Connects: false, UserPk: not null }
        || (query["next"] is { } next && next.IndexOf('?', StringComparison.Ordinal) is >= 0 and var start
            && QueryHelpers.ParseQuery(next[start..]).GetValueOrDefault("prompt").ToString().Split(' ').Contains("login", StringComparer.Ordinal));

    static string Scopes(OAuthSource source)
    {
        var own = source.AdditionalScopes.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return own is [['*', ..] first, ..]
            ? string.Join(' ', own.Skip(1).Prepend(first[1..]).Where(s => s.Length > 0))
            : string.Join(' ', source.Type.Scopes.Split(' ').Concat(own).Distinct(StringComparer.Ordinal));
    }
}
