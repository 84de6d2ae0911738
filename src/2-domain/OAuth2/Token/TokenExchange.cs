using System.Text.Json.Nodes;
using Postern.Api.Http;
using Postern.Applications.Access;
using Postern.OAuth2.Clients;
using Postern.OAuth2.Http;
using Postern.OAuth2.Tokens;
using Postern.OAuth2.Userinfo;
using Postern.Policies.Engine;
using Postern.Storage.Snapshots;

namespace Postern.OAuth2.Token;

/// <summary>
/// Turns an access token of a trusted application into one of the caller's own, or of another application that trusts the caller (RFC 8693): for the
/// same person, in the same grant, so that taking that back takes this token too. Acting for somebody (section 1.1, delegation) is not offered.
/// </summary>
sealed class TokenExchange(FindToken find, Snapshot<ClientPicture> clients, MakeTokens tokens, TokenStore store, DecideAccess access, TimeProvider clock)
{
    public const string Grant = "urn:ietf:params:oauth:grant-type:token-exchange";

    const string AccessToken = "urn:ietf:params:oauth:token-type:access_token";
    const string Jwt = "urn:ietf:params:oauth:token-type:jwt";

    // Section 2.2.2.
    static readonly OAuthError InvalidTarget = new("invalid_target", "The audience or resource is unknown, or does not accept tokens of this application");

    public async Task<TokenOutcome> ExecuteAsync(TokenCall call, CancellationToken cancellation)
    {
        if (call.Client.IsPublic)
            return OAuthError.UnauthorizedClient;
        if (Malformed(call.Form) is { } malformed)
            return OAuthError.InvalidRequest(malformed);
        if (call.Form["resource"] is not null || await TargetAsync(call, cancellation) is not { } target)
            return InvalidTarget;
        if (await find.ExecuteAsync(call.Form["subject_token"]!, cancellation) is not { } subject || !IsAcceptable(subject, target, call))
            return OAuthError.InvalidGrant;
        var question = new PolicyRequest { User = subject.User, Caller = call.Http.Caller(), HttpContext = call.Http };
        if (!(await access.ExecuteAsync(target.Application!, question, cancellation)).Passing)
            return OAuthError.InvalidGrant;
        var scope = target.Grantable((call.Form["scope"] ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(s => s is not "offline_access"));
        var grant = new Grant(subject.Grant, target, subject.User, scope)
        {
            Session = subject.Session,
            AuthTime = subject.AuthTime,
            Request = GrantRequest.Nothing with { KeyThumbprint = call.KeyThumbprint },
        };
        var made = await tokens.ExecuteAsync(grant, call.Http, cancellation);
        await store.AddAccessTokenAsync(grant, made, userVersion: null, cancellation);
        return new TokenOutcome(Error: null, new JsonObject
        {
            ["access_token"] = made.AccessToken,
            ["issued_token_type"] = call.Form["requested_token_type"] ?? AccessToken,
            ["token_type"] = call.KeyThumbprint is null ? "Bearer" : "DPoP",
            ["expires_in"] = (long)target.AccessLifetime.TotalSeconds,
            ["scope"] = scope,
        });
    }

    /// <summary>Sections 2.1 and 2.2.2.</summary>
    static string? Malformed(OAuthForm form)
    {
        if (form["subject_token"] is null)
            return "The subject_token parameter is missing";
        if (form["subject_token_type"] is not (AccessToken or Jwt))
            return "The subject_token_type parameter is missing or of a kind that is not supported";
        if (form["requested_token_type"] is not (null or AccessToken or Jwt))
            return "The requested_token_type parameter is of a kind that is not supported";
        return form["actor_token"] is null && form["actor_token_type"] is null ? null : "Acting for somebody is not supported";
    }

    /// <summary>Whom the new token is for: the caller, or a client (by its id, or the key of its application) that trusts the caller.</summary>
    async Task<Client?> TargetAsync(TokenCall call, CancellationToken cancellation)
    {
        if (call.Form["audience"] is not { } audience || audience == call.Client.Id)
            return call.Client;
        var picture = await clients.GetAsync(cancellation);
        var named = picture.Find(audience) ?? (Guid.TryParse(audience, out var application) ? picture.OfApplication(application) : null);
        return named == call.Client || (named is { Application: not null } && named.Provider.JwtFederationProviders.Contains(call.Client.Provider.Id)) ? named : null;
    }

    /// <summary>A live token of an application that the caller trusts, or the caller's own on its way to another. A bound token comes with the proof of its key.</summary>
    bool IsAcceptable(ShownToken subject, Client target, TokenCall call) =>
        subject.IsLive(clock.GetUtcNow()) && (subject.KeyThumbprint is null || subject.KeyThumbprint == call.KeyThumbprint)
        && (call.Client.Provider.JwtFederationProviders.Contains(subject.ProviderId) || (target != call.Client && subject.ProviderId == call.Client.Provider.Id));
}
