using System.Net;
using Postern.Tests.Support.Oidc;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Advisories;

/// <summary>One store held one-time things of every kind, and each was taken for the other (Keycloak).</summary>
public sealed class CVE_2026_4282_one_kind_for_another(OidcServer server) : ProtocolAdvisory(server)
{
    [Fact]
    public async Task What_is_made_for_one_door_opens_no_other()
    {
        var flow = new Flow(Oidc, await Oidc.AddApplicationAsync("types"));
        using var browser = await flow.SignedInAsync();
        using var program = Oidc.Server.Program();
        var tokens = (await flow.RedeemAsync(program, await flow.CodeAsync(browser))).Json;
        var device = (await flow.PostAsync(program, "/application/o/device/", ("scope", "openid"))).Json["device_code"]!.GetValue<string>();
        var (access, refresh, identity) = (tokens["access_token"]!.GetValue<string>(), tokens["refresh_token"]!.GetValue<string>(), tokens["id_token"]!.GetValue<string>());
        var code = await flow.CodeAsync(browser);
        foreach (var wrong in new[] { access, identity, device, code })
            (await flow.RefreshAsync(program, wrong)).Member("error").ShouldBe("\"invalid_grant\"");
        foreach (var wrong in new[] { access, identity, device, refresh })
            (await flow.RedeemAsync(program, wrong)).Member("error").ShouldBe("\"invalid_grant\"");
        foreach (var wrong in new[] { refresh, identity, device, code })
            (await flow.UserinfoAsync(program, wrong)).ShouldBe(HttpStatusCode.Unauthorized);
        (await flow.RedeemAsync(program, code)).Status.ShouldBe(HttpStatusCode.OK);
    }
}
