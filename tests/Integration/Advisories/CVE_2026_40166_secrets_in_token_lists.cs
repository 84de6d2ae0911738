using System.Net;
using Postern.Tests.Support.Oidc;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Advisories;

/// <summary>The lists of tokens told people the secrets of applications.</summary>
public sealed class CVE_2026_40166_secrets_in_token_lists(OidcServer server) : ProtocolAdvisory(server)
{
    [Fact]
    public async Task People_see_their_own_tokens_only_and_no_secret_in_them()
    {
        var flow = new Flow(Oidc, await Oidc.AddApplicationAsync("lists"));
        using var browser = await flow.SignedInAsync();
        using var program = Oidc.Server.Program();
        var tokens = (await flow.RedeemAsync(program, await flow.CodeAsync(browser))).Json;
        var other = await Oidc.Server.AddUserAsync("bystander");
        using var jane = Oidc.Server.Program(await Oidc.Server.AddTokenAsync(Oidc.Person));
        using var bystander = Oidc.Server.Program(await Oidc.Server.AddTokenAsync(other));

        var own = await jane.GetApiAsync("oauth2/access_tokens/");
        own.Json["results"]!.AsArray().Count.ShouldBeGreaterThan(0);
        own.Text.ShouldNotContain("client_secret");
        own.Text.ShouldNotContain(tokens["access_token"]!.GetValue<string>());
        (await bystander.GetApiAsync("oauth2/access_tokens/")).Json["results"]!.AsArray().ShouldBeEmpty();
        var mine = await jane.GetApiAsync("oauth2/refresh_tokens/");
        var pk = mine.Json["results"]![0]!["pk"]!.GetValue<int>();
        (await bystander.CallAsync("DELETE", $"oauth2/refresh_tokens/{pk}/")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await jane.CallAsync("DELETE", $"oauth2/refresh_tokens/{pk}/")).Status.ShouldBe(HttpStatusCode.NoContent);
    }
}
