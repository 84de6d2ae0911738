using System.Net;
using Postern.Tests.Support.Oidc;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Advisories;

/// <summary>Stored credentials could be read with the right to view. <c>Api/everything/SecretTests</c> asks of every kind what this asks of providers.</summary>
public sealed class GHSA_m9h4_7j9c_55x9_secrets_for_viewers(OidcServer server) : ProtocolAdvisory(server)
{
    [Fact]
    public async Task Who_may_only_look_sees_no_secret_and_who_may_change_it_does()
    {
        var provider = await Oidc.AddApplicationAsync("secret");
        var reader = await Oidc.Server.AddUserAsync("reader");
        await Oidc.Server.AddRoleAsync("readers of providers", "authentik_providers_oauth2.view_oauth2provider");
        await Oidc.Server.Database.ExecuteAsync($"INSERT INTO user_role (user_pk, role_pk) SELECT {reader.Pk}, pk FROM role WHERE name = 'readers of providers'");
        using var program = Oidc.Server.Program(await Oidc.Server.AddTokenAsync(reader));

        var seen = await program.GetApiAsync($"providers/oauth2/{provider["pk"]}/");

        seen.Status.ShouldBe(HttpStatusCode.OK);
        seen.Json.AsObject().ContainsKey("client_secret").ShouldBeFalse();
        (await Oidc.Admin.GetApiAsync($"providers/oauth2/{provider["pk"]}/")).Json["client_secret"]!.GetValue<string>().ShouldBe(provider["client_secret"]!.GetValue<string>());
    }
}
