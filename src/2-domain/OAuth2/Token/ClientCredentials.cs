using Microsoft.AspNetCore.Http;
using Postern.Api.Http;
using Postern.Applications.Access;
using Postern.Directory.Users;
using Postern.OAuth2.Clients;
using Postern.OAuth2.Http;
using Postern.OAuth2.Tokens;
using Postern.Policies.Engine;

namespace Postern.OAuth2.Token;

/// <summary>Tokens for programs (RFC 6749 section 4.4): as the application's own account, or as the user whose app password or federated token is shown.</summary>
sealed class ClientCredentials(AuthenticateClient clients, MachineAccount accounts, TokenStore store, MakeTokens tokens, DecideAccess access, TimeProvider clock)
{
    public async Task<TokenOutcome> ExecuteAsync(OAuthForm form, string grantType, string? key, HttpContext http, CancellationToken cancellation)
    {
        var (client, error) = await clients.ExecuteAsync(http, form, cancellation);
        var isOwn = client is { IsPublic: false } && form["username"] is null;
        var (acting, user) = isOwn ? (client, null) : await ForUserAsync(client, form, http, cancellation);
        if (acting is null)
            return error ?? OAuthError.InvalidClient;
        if (!acting.May("client_credentials") && !(grantType is "password" && acting.May("password")))
            return OAuthError.UnauthorizedClient;
        var call = new TokenCall(acting, form, key, http);
        return isOwn ? await AsItselfAsync(call, cancellation) : await GrantAsync(call, user, version: null, cancellation);
    }

    /// <summary>What is remembered of the account is enough to succeed, because the token is stored only if it is still true; it is not enough to refuse.</summary>
    async Task<TokenOutcome> AsItselfAsync(TokenCall call, CancellationToken cancellation)
    {
        var remembered = await accounts.OfClientAsync(call.Client, afresh: false, cancellation);
        var outcome = await GrantAsync(call, remembered.User, remembered.Version, cancellation);
        if (outcome.Error is null)
            return outcome;
        var current = await accounts.OfClientAsync(call.Client, afresh: true, cancellation);
        return current.Version == remembered.Version ? outcome : await GrantAsync(call, current.User, current.Version, cancellation);
    }

    async Task<TokenOutcome> GrantAsync(TokenCall call, User? user, string? version, CancellationToken cancellation)
    {
        if (user is not { IsActive: true })
            return OAuthError.InvalidGrant;
        var question = new PolicyRequest { User = user, Caller = call.Http.Caller(), HttpContext = call.Http };
        if (!(await access.ExecuteAsync(call.Client.Application!, question, cancellation)).Passing)
            return OAuthError.InvalidGrant;
        var scope = call.Client.Grantable((call.Form["scope"] ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(s => s is not "offline_access"));
        var grant = new Grant(Guid.CreateVersion7(), call.Client, user, scope) { AuthTime = clock.GetUtcNow(), Request = GrantRequest.Nothing with { KeyThumbprint = call.KeyThumbprint } };
        var made = await tokens.ExecuteAsync(grant, call.Http, cancellation);
        return await store.AddAccessTokenAsync(grant, made, version, cancellation) ? TokenOutcome.Of(grant, made, refreshToken: null) : OAuthError.InvalidGrant;
    }

    /// <summary>Whose app password or federated token is shown, and to which client; a client that proved itself may be given.</summary>
    async Task<(Client? Client, User? User)> ForUserAsync(Client? proven, OAuthForm form, HttpContext http, CancellationToken cancellation)
    {
        if (proven is not null && form["username"] is { } username)
            return (proven, form["password"] is { } password ? await accounts.OfAppPasswordAsync(username, password, cancellation) : null);
        // The application's own account needs a proof, which a public client cannot give.
        if (await clients.NamedAsync(http, form, cancellation) is not { } named)
            return (null, null);
        var shown = form["client_assertion"] ?? form["client_secret"];
        if (shown is not null && await accounts.OfFederatedTokenAsync(shown, named, cancellation) is { } federated)
            return (named, federated);
        return form["client_secret"] is { } secret && MachineAccount.ReadPair(secret) is var (name, appPassword) && await accounts.OfAppPasswordAsync(name, appPassword, cancellation) is { } owner
            ? (named, owner)
            : (null, null);
    }
}
