using System.Net;
using Postern.Tests.Support.Oidc;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Advisories;

/// <summary>Deactivated service accounts still got tokens.</summary>
public sealed class CVE_2025_64521_deactivated_service_account(OidcServer server) : ProtocolAdvisory(server)
{
    [Fact]
    public async Task Gets_no_token()
    {
        var flow = new Flow(Oidc, await Oidc.AddApplicationAsync("machine-off"));
        using var program = Oidc.Server.Program();
        (await flow.TokenAsync(program, ("grant_type", "client_credentials"))).Status.ShouldBe(HttpStatusCode.OK);
        (await Oidc.Server.Database.ScalarAsync<string>("SELECT concat_ws(' ', type, path) FROM \"user\" WHERE username = 'ak-machine-off-client_credentials'")).ShouldBe("service_account goauthentik.io/apps/machine-off");
        await Oidc.Server.Database.ExecuteAsync("UPDATE \"user\" SET is_active = false WHERE username = 'ak-machine-off-client_credentials'");

        (await flow.TokenAsync(program, ("grant_type", "client_credentials"))).Member("error").ShouldBe("\"invalid_grant\"");
        var person = await Oidc.Server.AddUserAsync("app-password-owner", u => u.IsActive = false);
        var key = await Oidc.Server.AddTokenAsync(person, t => t.Intent = Postern.Directory.Tokens.TokenIntent.AppPassword);
        (await flow.TokenAsync(program, ("grant_type", "client_credentials"), ("username", "app-password-owner"), ("password", key))).Member("error").ShouldBe("\"invalid_grant\"");
    }
}
