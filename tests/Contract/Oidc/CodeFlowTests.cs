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

    static JsonObject Settings(string slug, JsonObject provider, string algorithm) => new()
    {
        ["slug"] = slug, ["client_id"] = provider["client_id"]!.DeepClone(), ["client_secret"] = provider["client_secret"]!.DeepClone(), ["alg"] = algorithm,
    };
}
