using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Postern.Api.Http;
using Postern.Jose;
using Postern.Kernel.Values;
using Postern.Storage.Sealing;

namespace Postern.Portal.SignIn;

/// <summary>A sign-in under way; the browser keeps it sealed until the provider sends it back.</summary>
sealed record SignInAttempt(string State, string Nonce, string Verifier, string Next, long StartedAt)
{
    const string Cookie = "portal_sign_in";
    const string Purpose = "portal.sign-in";
    static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    /// <summary>The verifier's hash (RFC 7636 section 4.2).</summary>
    public string Challenge => Base64Text.Of(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    public static SignInAttempt Begin(string next, DateTimeOffset now) =>
        new(RandomText.Alphanumeric(32), RandomText.Alphanumeric(32), RandomText.Alphanumeric(64), next, now.ToUnixTimeSeconds());

    public void Keep(HttpContext http, Seal seal) =>
        OwnCookie.Write(http, Cookie, Uri.EscapeDataString(seal.Close(Purpose, JsonSerializer.SerializeToUtf8Bytes(this))), Patience);

    /// <summary>The attempt that this browser began, once; null when there is none, or it was long ago.</summary>
    public static SignInAttempt? Take(HttpContext http, Seal seal, DateTimeOffset now)
    {
        if (OwnCookie.Read(http, Cookie) is not { Length: > 0 } box || seal.Open(Purpose, Uri.UnescapeDataString(box)) is not { } bytes)
            return null;
        OwnCookie.Delete(http, Cookie);
        return JsonSerializer.Deserialize<SignInAttempt>(bytes) is { } attempt && now - DateTimeOffset.FromUnixTimeSeconds(attempt.StartedAt) < Patience ? attempt : null;
    }
}
