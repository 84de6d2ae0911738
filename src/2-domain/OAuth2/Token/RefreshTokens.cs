using Postern.Api.Http;
using Postern.Applications.Access;
using Postern.OAuth2.Http;
using Postern.OAuth2.Tokens;
using Postern.Policies.Engine;
using Postern.Storage;

namespace Postern.OAuth2.Token;

/// <summary>
/// Turns a refresh token into new tokens (RFC 6749 section 6) and replaces it (RFC 9700 section 4.14.2): a replaced token that shows up again
/// takes back the whole grant. Who may not use the application any more gets nothing.
/// </summary>
sealed class RefreshTokens(PosternDb db, TokenStore store, MakeTokens tokens, DecideAccess access, ReuseAlarm alarm)
{
    public async Task<TokenOutcome> ExecuteAsync(TokenCall call, CancellationToken cancellation)
    {
        if (call.Form["refresh_token"] is not { } token)
            return OAuthError.InvalidRequest("The refresh_token parameter is missing");
        // A refused call leaves the token as it was, but an alarm stays.
        var alarmed = false;
        return await db.InTransactionAsync(
            async () =>
            {
                var outcome = await RefreshAsync(token, call, cancellation);
                alarmed = outcome.Error == OAuthError.InvalidGrant;
                return outcome;
            },
            outcome => outcome.Error is null || alarmed,
            cancellation);
    }

    async Task<TokenOutcome> RefreshAsync(string token, TokenCall call, CancellationToken cancellation)
    {
        if (await store.UseRefreshTokenAsync(token, call.Client, call.Client.RefreshThreshold, cancellation) is not { } used)
        {
            if (await store.GrantOfUsedTokenAsync(token, call.Client, cancellation) is { } reused)
                await alarm.RaiseAsync(reused, "Revoked refresh token was used", call, cancellation);
            return OAuthError.InvalidGrant;
        }
        var (grant, kept) = used;
        if (grant.Request.KeyThumbprint is { } bound && bound != call.KeyThumbprint)
            return OAuthError.InvalidGrant;
        grant = grant with { Request = grant.Request with { KeyThumbprint = call.KeyThumbprint } };
        var full = grant.Scope;
        if (call.Form["scope"] is { } asked)
        {
            var narrower = asked.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).ToList();
            if (!narrower.TrueForAll(s => grant.Has(s)))
                return OAuthError.InvalidScope;
            grant = grant with { Scope = string.Join(' ', narrower) };
        }
        var question = new PolicyRequest { User = grant.User, Caller = call.Http.Caller(), Http = HttpFacts.Of(call.Http, call.Http.Caller().ClientIp) };
        if (!(await access.ExecuteAsync(call.Client.Application!, question, cancellation)).Passing)
            return OAuthError.InvalidGrant;
        var made = await tokens.ExecuteAsync(grant, call.Http, cancellation);
        var refresh = kept ? null : new RefreshToken(TokenText.New(128), full);
        await store.AddTokensAsync(grant, made, refresh, cancellation);
        return TokenOutcome.Of(grant, made, refresh?.Text);
    }
}
