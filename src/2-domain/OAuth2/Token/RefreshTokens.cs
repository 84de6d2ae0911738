using Postern.Api.Http;
using Postern.Applications.Access;
using Postern.OAuth2.Http;
using Postern.OAuth2.Tokens;
using Postern.Policies.Engine;

namespace Postern.OAuth2.Token;

/// <summary>
/// Turns a refresh token into new tokens (RFC 6749 section 6) and replaces it (RFC 9700 section 4.14.2): a replaced token that shows up again
/// takes back the whole grant. Who may not use the application any more gets nothing. Everything is decided first and then written by one
/// statement, which finds nothing to replace where another call was faster.
/// </summary>
sealed class RefreshTokens(TokenStore store, MakeTokens tokens, DecideAccess access, ReuseAlarm alarm, TimeProvider clock)
{
    const string Reused = "Revoked refresh token was used";

    public async Task<TokenOutcome> ExecuteAsync(TokenCall call, CancellationToken cancellation)
    {
        if (call.Form["refresh_token"] is not { } token)
            return OAuthError.InvalidRequest("The refresh_token parameter is missing");
        if (await store.FindRefreshTokenAsync(token, call.Client, cancellation) is not { } stored)
            return OAuthError.InvalidGrant;
        if (stored.Revoked)
        {
            await alarm.RaiseAsync(stored.Grant.Id, Reused, call, cancellation);
            return OAuthError.InvalidGrant;
        }
        var (grant, left) = (stored.Grant, stored.Expires - clock.GetUtcNow());
        if (left <= TimeSpan.Zero || (grant.Request.KeyThumbprint is { } bound && bound != call.KeyThumbprint))
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
        var question = new PolicyRequest { User = grant.User, Caller = call.Http.Caller(), HttpContext = call.Http };
        if (!(await access.ExecuteAsync(call.Client.Application!, question, cancellation)).Passing)
            return OAuthError.InvalidGrant;
        var made = await tokens.ExecuteAsync(grant, call.Http, cancellation);
        var isKept = call.Client.RefreshThreshold > TimeSpan.Zero && left > call.Client.RefreshThreshold;
        var refresh = isKept ? null : new RefreshToken(TokenText.New(128), full);
        if (await store.AddTokensAsync(grant, made, refresh, stored.Id, cancellation))
            return TokenOutcome.Of(grant, made, refresh?.Text);
        await alarm.RaiseAsync(grant.Id, Reused, call, cancellation);
        return OAuthError.InvalidGrant;
    }
}
