using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Postern.Directory.Users;
using Postern.Kernel.Values;

namespace Postern.Authenticators.WebAuthn;

/// <summary>What a browser is told before a ceremony (WebAuthn level 3, sections 5.4 and 5.5, as JSON).</summary>
static class CeremonyOptions
{
    const int ChallengeBytes = 32;
    const int TimeoutMilliseconds = 60_000;

    public static string NewChallenge() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(ChallengeBytes));

    public static JsonObject Registration(WebAuthnStage stage, RelyingParty party, string site, User user, string uid, string challenge, IEnumerable<WebAuthnDevice> existing)
    {
        var selection = new JsonObject
        {
            ["residentKey"] = WireEnum<UserVerification>.Name(stage.ResidentKeyRequirement),
            ["requireResidentKey"] = stage.ResidentKeyRequirement is UserVerification.Required,
            ["userVerification"] = WireEnum<UserVerification>.Name(stage.UserVerification),
        };
        if (Attachment(stage) is { } attachment)
            selection["authenticatorAttachment"] = WireEnum<AuthenticatorAttachment>.Name(attachment);
        return new()
        {
            ["rp"] = new JsonObject { ["name"] = site, ["id"] = party.Id },
            ["user"] = new JsonObject
            {
                ["id"] = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(uid)),
                ["name"] = user.Username,
                ["displayName"] = user.Name.Length > 0 ? user.Name : user.Username,
            },
            ["challenge"] = challenge,
            ["pubKeyCredParams"] = new JsonArray([.. CoseKey.Algorithms.Select(a => (JsonNode)new JsonObject { ["type"] = "public-key", ["alg"] = a })]),
            ["timeout"] = TimeoutMilliseconds,
            ["excludeCredentials"] = Credentials(existing),
            ["authenticatorSelection"] = selection,
            ["hints"] = new JsonArray([.. stage.Hints.Select(h => (JsonNode)h)]),
            ["attestation"] = "direct",
        };
    }

    public static JsonObject Assertion(RelyingParty party, string challenge, UserVerification verification, IEnumerable<string> hints, IEnumerable<WebAuthnDevice> allowed) => new()
    {
        ["challenge"] = challenge,
        ["timeout"] = TimeoutMilliseconds,
        ["rpId"] = party.Id,
        ["allowCredentials"] = Credentials(allowed),
        ["userVerification"] = WireEnum<UserVerification>.Name(verification),
        ["hints"] = new JsonArray([.. hints.Select(h => (JsonNode)h)]),
    };

    /// <summary>As set, else what all hints agree on.</summary>
    static AuthenticatorAttachment? Attachment(WebAuthnStage stage)
    {
        if (stage.AuthenticatorAttachment is not null || stage.Hints.Count == 0)
            return stage.AuthenticatorAttachment;
        if (stage.Hints.All(h => h is "client-device"))
            return AuthenticatorAttachment.Platform;
        return stage.Hints.All(h => h is not "client-device") ? AuthenticatorAttachment.CrossPlatform : null;
    }

    static JsonArray Credentials(IEnumerable<WebAuthnDevice> devices) => new([.. devices.Select(d => (JsonNode)new JsonObject
    {
        ["type"] = "public-key",
        ["id"] = Base64Url.EncodeToString(d.CredentialId),
        ["transports"] = new JsonArray([.. d.Transports.Select(t => (JsonNode)t)]),
    })]);
}
