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
    public async Task<TokenOutcome> ExecuteAsync(OAuthForm form, string grantType, string? key, Microsoft.AspNetCore.Http.HttpContext http, CancellationToken cancellation)
    {
        var (client, user, error) = await WhoAsync(form, http, cancellation);
        if (error is not null)
            return error;
        if (!client!.May("client_credentials") && !(grantType is "password" && client.May("password")))
            return OAuthError.UnauthorizedClient;
        if (user is not { IsActive: true })
            return OAuthError.InvalidGrant;
        var question = new PolicyRequest { User = user, Caller = http.Caller(), Http = HttpFacts.Of(http, http.Caller().ClientIp) };
        if (!(await access.ExecuteAsync(client.Application!, question, cancellation)).Passing)
            return OAuthError.InvalidGrant;
        var scope = string.Join(' ', client.Grantable((form["scope"] ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)).Split(' ').Where(s => s is not "offline_access"));
        var grant = new Grant(Guid.CreateVersion7(), client, user, scope) { AuthTime = clock.GetUtcNow(), Request = GrantRequest.Nothing with { KeyThumbprint = key } };
        var made = await tokens.ExecuteAsync(grant, http, cancellation);
        await store.AddTokensAsync(grant, made, refresh: null, cancellation);
        return TokenOutcome.Of(grant, made, refreshToken: null);
    }

    async Task<(Client? Client, User? User, OAuthError? Error)> WhoAsync(OAuthForm form, Microsoft.AspNetCore.Http.HttpContext http, CancellationToken cancellation)
    {
        var (client, error) = await clients.ExecuteAsync(http, form, cancellation);
        if (client is not null && form["username"] is { } username)
            return (client, form["password"] is { } password ? await accounts.OfAppPasswordAsync(username, password, cancellation) : null, null);
        // The application's own account needs a proof, which a public client cannot give.
        if (client is { IsPublic: false })
            return (client, await accounts.OfClientAsync(client, cancellation), null);
        if (await clients.NamedAsync(http, form, cancellation) is not { } named)
            return (null, null, error ?? OAuthError.InvalidClient);
        var shown = form["client_assertion"] ?? form["client_secret"];
        if (shown is not null && await accounts.OfFederatedTokenAsync(shown, named, cancellation) is { } federated)
            return (named, federated, null);
        if (form["client_secret"] is { } secret && MachineAccount.ReadPair(secret) is var (name, appPassword) && await accounts.OfAppPasswordAsync(name, appPassword, cancellation) is { } owner)
            return (named, owner, null);
        return (null, null, error ?? OAuthError.InvalidClient);
    }
}
