using System.Net;
using System.Text.Json.Nodes;
using Postern.Tests.Support.Oidc;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Advisories;

/// <summary>Bindings of an application were not asked in the device flow.</summary>
public sealed class CVE_2024_38371_bindings_of_every_grant(OidcServer server) : ProtocolAdvisory(server)
{
    [Fact]
    public async Task Bindings_decide_over_devices_and_programs_too()
    {
        var flow = new Flow(Oidc, await Oidc.AddApplicationAsync("bound-grants"));
        var group = await Oidc.Server.AddGroupAsync("members of bound-grants");
        var application = (await Oidc.Admin.GetApiAsync("core/applications/bound-grants/")).Json["pk"]!.GetValue<string>();
        (await Oidc.Admin.PostApiAsync("policies/bindings/", new JsonObject { ["target"] = application, ["group"] = group, ["order"] = 0 }.ToJsonString())).Status.ShouldBe(HttpStatusCode.Created);
        using var program = Oidc.Server.Program();

        (await flow.TokenAsync(program, ("grant_type", "client_credentials"))).Member("error").ShouldBe("\"invalid_grant\"");
        var device = (await flow.PostAsync(program, "/application/o/device/", ("scope", "openid"))).Json;
        using var browser = Oidc.Server.PageScript();
        await browser.GetAsync($"/test/in?user={Oidc.Person.Pk}", Cancellation);
        using var page = await browser.GetAsync($"/device?code={device["user_code"]}", Cancellation);
        var slug = page.Headers.Location!.OriginalString.Split('/')[3];
        var denied = await browser.PostApiAsync($"flows/executor/{slug}/?query=", new JsonObject { ["component"] = "ak-provider-oauth2-device-code", ["code"] = device["user_code"]!.DeepClone() }.ToJsonString());
        denied = denied.Status is HttpStatusCode.Found ? await browser.GetApiAsync($"flows/executor/{slug}/?query=") : denied;
        denied.Member("component").ShouldBe("\"ak-stage-access-denied\"", denied.ToString());
        (await flow.TokenAsync(program, ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("device_code", device["device_code"]!.GetValue<string>()))).Member("error").ShouldBe("\"authorization_pending\"");
    }
}
