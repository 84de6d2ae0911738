using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using Postern.Tests.Support.Oidc;

namespace Postern.Tests.Integration.Advisories;

/// <summary>
/// The rules for signed statements of a client were passed by one without a signature (Keycloak); one meant for another server was taken (ZITADEL, CVE-2026-55669). Guards the algorithms and the
/// audience in OAuth2/Clients' check of assertions.
/// </summary>
public sealed class CVE_2026_16093_unsigned_assertion(OidcServer server) : ProtocolAdvisory(server)
{
    [Theory]
    [InlineData("none", "")]
    [InlineData("None", "")]
    [InlineData("HS256", "AAAA")]
    [InlineData("", "")]
    public async Task Proves_nothing(string algorithm, string signature)
    {
        var flow = new Flow(Oidc, await Oidc.AddApplicationAsync($"unsigned-{Guid.NewGuid():N}"));
        using var program = Oidc.Server.Program();
        var now = Oidc.Server.Clock.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject { ["iss"] = flow.ClientId, ["sub"] = flow.ClientId, ["aud"] = $"{Oidc.Server.Address}application/o/token/", ["exp"] = now + 60, ["iat"] = now, ["jti"] = Guid.NewGuid().ToString() };
        var text = $"{Part(new JsonObject { ["alg"] = algorithm, ["typ"] = "JWT" })}.{Part(claims)}.{signature}";
        var answer = await flow.TokenAsync(
            program, ("client_id", flow.ClientId), ("grant_type", "client_credentials"), ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"), ("client_assertion", text));
        answer.Member("error").ShouldBe("\"invalid_client\"", answer.ToString());
    }

    static string Part(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));
}
