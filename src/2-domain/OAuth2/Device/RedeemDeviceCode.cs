using Postern.OAuth2.Http;
using Postern.OAuth2.Token;
using Postern.OAuth2.Tokens;
using Postern.Storage;

namespace Postern.OAuth2.Device;

/// <summary>Turns a device code into tokens (RFC 8628 section 3.4), once.</summary>
sealed class RedeemDeviceCode(PosternDb db, DeviceCodes codes, TokenStore store, MakeTokens tokens)
{
    public async Task<TokenOutcome> ExecuteAsync(TokenCall call, CancellationToken cancellation)
    {
        if (call.Form["device_code"] is not { } code)
            return OAuthError.InvalidRequest("The device_code parameter is missing");
        return await db.InTransactionAsync(() => RedeemAsync(code, call, cancellation), _ => true, cancellation);
    }

    async Task<TokenOutcome> RedeemAsync(string code, TokenCall call, CancellationToken cancellation)
    {
        if (await codes.UseAsync(code, call.Client, cancellation) is not { } grant)
        {
            return await codes.WhyNotAsync(code, call.Client, cancellation) switch
            {
                "slow_down" => new OAuthError("slow_down", "The device asks too often"),
                "expired_token" => new OAuthError("expired_token", "The device code has expired"),
                "authorization_pending" => new OAuthError("authorization_pending", "Nobody has entered the code yet"),
                _ => OAuthError.InvalidGrant,
            };
        }
        grant = grant with { Request = grant.Request with { KeyThumbprint = call.KeyThumbprint } };
        var made = await tokens.ExecuteAsync(grant, call.Http, cancellation);
        var refresh = grant.Has("offline_access") && call.Client.May("refresh_token") ? new RefreshToken(TokenText.New(128), grant.Scope) : null;
        await store.AddTokensAsync(grant, made, refresh, replaced: null, cancellation);
        return TokenOutcome.Of(grant, made, refresh?.Text);
    }
}
