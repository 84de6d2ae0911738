using System.Text.Json.Nodes;
using Postern.Tests.Support.Oidc;

namespace Postern.Tests.Contract.Oidc;

/// <summary>Issuers, signing keys and encryption as <c>openid-client</c> and <c>jose</c> see them.</summary>
[Trait("Fault", "F23")]
public sealed class KeyTests(OidcServer server) : IClassFixture<OidcServer>
{
    [Fact]
    public async Task Keys_are_published_turned_with_overlap_and_used_for_encryption_by_one_issuer_or_by_many()
    {
        var edwards = await server.KeyAsync("ed25519", "edwards");
        var settings = new JsonObject
        {
            ["token"] = OidcServer.Token,
            ["shared"] = new JsonArray(
                await ClientAsync("shared-one", new JsonObject { ["issuer_mode"] = "global" }),
                await ClientAsync("shared-two", new JsonObject { ["issuer_mode"] = "global", ["signing_key"] = edwards })),
            ["turning"] = await ClientAsync("turning", []),
            ["sealed"] = await ClientAsync("sealed", []),
        };

        await Judge.RunAsync("keys", server, settings);
    }

    async Task<JsonNode> ClientAsync(string slug, JsonObject more)
    {
        var provider = await server.AddApplicationAsync(slug, more: more);
        return new JsonObject { ["slug"] = slug, ["pk"] = provider["pk"]!.DeepClone(), ["client_id"] = provider["client_id"]!.DeepClone(), ["client_secret"] = provider["client_secret"]!.DeepClone() };
    }
}
