using Postern.Tests.Support.Oidc;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Advisories;

/// <summary>Some grants gave scopes that the provider does not have.</summary>
public sealed class CVE_2024_52287_scopes_not_configured(OidcServer server) : ProtocolAdvisory(server)
{
    [Fact]
    public async Task No_grant_gives_them()
    {
        var flow = new Flow(Oidc, await Oidc.AddApplicationAsync("scopes"));
        using var browser = await flow.SignedInAsync();
        using var program = Oidc.Server.Program();
        const string greedy = "openid admin goauthentik.io/api entitlements offline_access";

        (await flow.TokenAsync(program, ("grant_type", "client_credentials"), ("scope", greedy))).Member("scope").ShouldBe("\"openid\"");
        var redeemed = (await flow.RedeemAsync(program, await flow.CodeAsync(browser, greedy))).Json;
        redeemed["scope"]!.GetValue<string>().ShouldBe("openid offline_access");
        (await flow.TokenAsync(program, ("grant_type", "refresh_token"), ("refresh_token", redeemed["refresh_token"]!.GetValue<string>()), ("scope", greedy))).Member("error").ShouldBe("\"invalid_scope\"");
        var device = (await flow.PostAsync(program, "/application/o/device/", ("scope", greedy))).Json;
        await Oidc.Server.Database.ExecuteAsync($"UPDATE oauth2_device_code SET user_pk = {Oidc.Person.Pk}, auth_time = now() WHERE user_code = '{device["user_code"]}'");
        (await flow.TokenAsync(program, ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("device_code", device["device_code"]!.GetValue<string>()))).Member("scope").ShouldBe("\"openid offline_access\"");
    }
}
