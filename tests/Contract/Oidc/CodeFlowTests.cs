using System.Text.Json.Nodes;

namespace Postern.Tests.Contract.Oidc;

/// <summary>The code flow as <c>openid-client</c> and <c>jose</c> see it.</summary>
public sealed class CodeFlowTests(OidcServer server) : IClassFixture<OidcServer>
{
    [Fact]
    public async Task A_confidential_client_signs_a_person_in_reads_claims_refreshes_and_loses_all_by_a_replay()
    {
        var provider = await server.AddApplicationAsync("grafana");

        await Judge.RunAsync("code-flow", server, Settings("grafana", provider, "ES256"));
    }

    [Theory]
    [InlineData("basic-op", "implicit")]
    public async Task The_authorization_endpoint_keeps_the_promises_of_the_basic_plan(string script, string consent)
    {
        var provider = await server.AddApplicationAsync($"{script}-{consent}");

        await Judge.RunAsync(script, server, Settings($"{script}-{consent}", provider, "ES256"));
    }

    [Fact]
    public async Task A_pushed_request_survives_sign_in_and_is_good_once()
    {
        var provider = await server.AddApplicationAsync("pushed", more: new JsonObject { ["require_pushed_requests"] = true });

        await Judge.RunAsync("pushed", server, Settings("pushed", provider, "ES256"));
    }

    [Fact]
    public async Task A_program_proves_itself_by_secret_or_signature_and_looks_at_and_gives_back_its_tokens()
    {
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        var parameters = key.ExportParameters(includePrivateParameters: true);
        var jwk = new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["kid"] = "own", ["x"] = Text(parameters.Q.X), ["y"] = Text(parameters.Q.Y) };
        var provider = await server.AddApplicationAsync("machine", more: new JsonObject { ["jwks"] = new JsonObject { ["keys"] = new JsonArray(jwk.DeepClone()) } });
        var settings = Settings("machine", provider, "ES256");
        jwk["d"] = Text(parameters.D);
        settings["jwk"] = jwk;

        await Judge.RunAsync("machine", server, settings);

        static string Text(byte[]? bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
    }

    [Fact]
    public async Task Signing_out_leads_back_only_to_registered_addresses_and_needs_proof_or_the_persons_word()
    {
        var provider = await server.AddApplicationAsync("logout", more: new JsonObject { ["invalidation_flow"] = await server.FlowAsync("default-invalidation-flow") });

        await Judge.RunAsync("logout", server, Settings("logout", provider, "ES256"));
    }

    static JsonObject Settings(string slug, JsonObject provider, string algorithm) => new()
    {
        ["slug"] = slug, ["client_id"] = provider["client_id"]!.DeepClone(), ["client_secret"] = provider["client_secret"]!.DeepClone(), ["alg"] = algorithm,
    };
}
