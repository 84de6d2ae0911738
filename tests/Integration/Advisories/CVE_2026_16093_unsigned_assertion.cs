using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Postern.Jose;
using Postern.Tests.Support.Oidc;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Advisories;

/// <summary>
/// The rules for signed statements of a client were passed by one without a signature (Keycloak); one meant for another server was taken (ZITADEL, CVE-2026-55669). Guards the signature, the
/// algorithm and the audience in OAuth2/Clients/CheckAssertion.
/// </summary>
public sealed class CVE_2026_16093_unsigned_assertion(OidcServer server) : ProtocolAdvisory(server)
{
    [Fact]
    public async Task Only_what_the_clients_key_signed_for_this_server_proves_anything()
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var strange = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var slug = $"signs-{Guid.NewGuid():N}";
        var flow = new Flow(Oidc, await Oidc.AddApplicationAsync(slug, more: new JsonObject { ["jwks"] = new JsonObject { ["keys"] = new JsonArray(Public(own)) } }));
        var here = $"{Oidc.Server.Address}application/o/token/";
        (await AskAsync(flow, CompactJws.Sign(Claims(flow, here), SigningKey.Of(own)!))).Status.ShouldBe(HttpStatusCode.OK);

        var point = own.ExportParameters(includePrivateParameters: false).Q;
        string[] forged =
        [
            $"{Part(new JsonObject { ["alg"] = "none" })}.{Part(Claims(flow, here))}.",
            $"{Part(new JsonObject { ["alg"] = "None" })}.{Part(Claims(flow, here))}.AAAA",
            $"{Part(new JsonObject())}.{Part(Claims(flow, here))}.",
            $"{Part(new JsonObject { ["alg"] = "ES256" })}.{Part(Claims(flow, here))}.{Base64Url.EncodeToString(new byte[64])}",
            Hashed(flow, here, [.. point.X!, .. point.Y!]),
            Hashed(flow, here, Encoding.UTF8.GetBytes(Public(own).ToJsonString())),
            CompactJws.Sign(Claims(flow, here), SigningKey.Of(strange)!),
            Embedded(flow, here, strange),
            CompactJws.Sign(Claims(flow, "https://other.example.org/application/o/token/"), SigningKey.Of(own)!),
            CompactJws.Sign(Claims(flow, here, sub: "someone-else"), SigningKey.Of(own)!),
        ];
        foreach (var text in forged)
            (await AskAsync(flow, text)).Member("error").ShouldBe("\"invalid_client\"", text);
    }

    async Task<Answer> AskAsync(Flow flow, string assertion)
    {
        using var program = Oidc.Server.Program();
        return await flow.TokenAsync(
            program, ("client_id", flow.ClientId), ("grant_type", "client_credentials"), ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"), ("client_assertion", assertion));
    }

    JsonObject Claims(Flow flow, string audience, string? sub = null)
    {
        var now = Oidc.Server.Clock.GetUtcNow().ToUnixTimeSeconds();
        return new() { ["iss"] = flow.ClientId, ["sub"] = sub ?? flow.ClientId, ["aud"] = audience, ["exp"] = now + 60, ["iat"] = now, ["jti"] = Guid.NewGuid().ToString() };
    }

    /// <summary>With what everybody knows as the secret of a hash.</summary>
    string Hashed(Flow flow, string audience, byte[] secret)
    {
        var input = $"{Part(new JsonObject { ["alg"] = "HS256", ["typ"] = "JWT" })}.{Part(Claims(flow, audience))}";
        return $"{input}.{Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(input)))}";
    }

    /// <summary>Brings its own key along.</summary>
    string Embedded(Flow flow, string audience, ECDsa key)
    {
        var input = $"{Part(new JsonObject { ["alg"] = "ES256", ["jwk"] = Public(key) })}.{Part(Claims(flow, audience))}";
        return $"{input}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256))}";
    }

    static JsonObject Public(ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new() { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = Base64Url.EncodeToString(point.X!), ["y"] = Base64Url.EncodeToString(point.Y!) };
    }

    static string Part(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));
}
