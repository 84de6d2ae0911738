using System.Security.Cryptography;
using System.Text;
using Postern.Jose;
using Postern.OAuth2.Http;
using Postern.OAuth2.Tokens;
using Postern.Storage;

namespace Postern.OAuth2.Token;

/// <summary>
/// Turns an authorization code into tokens (RFC 6749 section 4.1.3). A code is used up by its first try; a second try takes back everything
/// that came of it (section 4.1.2), and leaves the event <c>suspicious_request</c>.
/// </summary>
sealed class RedeemCode(PosternDb db, TokenStore store, MakeTokens tokens, ReuseAlarm alarm)
{
    public async Task<TokenOutcome> ExecuteAsync(TokenCall call, CancellationToken cancellation)
    {
        if (call.Form["code"] is not { } code)
            return OAuthError.InvalidRequest("The code parameter is missing");
        return await db.InTransactionAsync(() => RedeemAsync(code, call, cancellation), _ => true, cancellation);
    }

    async Task<TokenOutcome> RedeemAsync(string code, TokenCall call, CancellationToken cancellation)
    {
        if (await store.UseCodeAsync(code, call.Client, cancellation) is not { } used)
        {
            if (await store.GrantOfCodeAsync(code, call.Client, cancellation) is { } reused)
                await alarm.RaiseAsync(reused, "An authorization code was used twice", call, cancellation);
            return OAuthError.InvalidGrant;
        }
        var (grant, redirect) = used;
        if (!string.Equals(call.Form["redirect_uri"], redirect, StringComparison.Ordinal) || !IsProven(grant.Request, call.Form["code_verifier"]))
            return OAuthError.InvalidGrant;
        if (grant.Request.KeyThumbprint is { } bound && bound != call.KeyThumbprint)
            return OAuthError.InvalidGrant;
        grant = grant with { Request = grant.Request with { KeyThumbprint = call.KeyThumbprint, Challenge = null, ChallengeMethod = null } };
        var made = await tokens.ExecuteAsync(grant, call.Http, cancellation);
        var refresh = grant.Has("offline_access") && call.Client.May("refresh_token") ? new RefreshToken(TokenText.New(128), grant.Scope) : null;
        await store.AddTokensAsync(grant, made, refresh, replaced: null, cancellation);
        return TokenOutcome.Of(grant, made, refresh?.Text);
    }

    /// <summary>RFC 7636 section 4.6. A verifier where no challenge was is refused too: somebody may have removed the challenge (RFC 9700 section 4.8).</summary>
    static bool IsProven(GrantRequest request, string? verifier)
    {
        if (request.Challenge is not { } challenge)
            return verifier is null;
        if (verifier is not { Length: >= 43 and <= 128 })
            return false;
        var given = request.ChallengeMethod is "S256" ? Base64Text.Of(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))) : verifier;
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(given), Encoding.ASCII.GetBytes(challenge));
    }
}
