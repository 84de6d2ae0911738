using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Contract.Oidc;

/// <summary>Holes in the grants of products of this kind; each test is named by what must not be possible.</summary>
public sealed class GrantAdvisoryTests(OidcServer server) : IClassFixture<OidcServer>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CVE_2023_48228_a_code_with_a_challenge_needs_its_verifier()
    {
        var flow = new Flow(server, await server.AddApplicationAsync("verifier"));
        using var browser = await flow.SignedInAsync();
        using var program = server.Server.Program();
        foreach (var verifier in new[] { null, "", "another-verifier-of-forty-three-characters-or-more" })
        {
            var code = await flow.CodeAsync(browser);
            (string, string)[] form = [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", Flow.RedirectUri), .. verifier is null ? [] : new[] { ("code_verifier", verifier) }];
            (await flow.TokenAsync(program, form)).Member("error").ShouldBe("\"invalid_grant\"", verifier ?? "none");
        }
    }

    [Fact]
    public async Task CVE_2024_38371_bindings_decide_over_devices_and_programs_too()
    {
        var flow = new Flow(server, await server.AddApplicationAsync("bound-grants"));
        var group = await server.Server.AddGroupAsync("members of bound-grants");
        var application = (await server.Admin.GetApiAsync("core/applications/bound-grants/")).Json["pk"]!.GetValue<string>();
        (await server.Admin.PostApiAsync("policies/bindings/", new JsonObject { ["target"] = application, ["group"] = group, ["order"] = 0 }.ToJsonString())).Status.ShouldBe(HttpStatusCode.Created);
        using var program = server.Server.Program();

        (await flow.TokenAsync(program, ("grant_type", "client_credentials"))).Member("error").ShouldBe("\"invalid_grant\"");
        var device = (await flow.PostAsync(program, "/application/o/device/", ("scope", "openid"))).Json;
        using var browser = server.Server.PageScript();
        await browser.GetAsync($"/test/in?user={server.Person.Pk}", Cancellation);
        using var page = await browser.GetAsync($"/device?code={device["user_code"]}", Cancellation);
        var slug = page.Headers.Location!.OriginalString.Split('/')[3];
        var denied = await browser.PostApiAsync($"flows/executor/{slug}/?query=", new JsonObject { ["component"] = "ak-provider-oauth2-device-code", ["code"] = device["user_code"]!.DeepClone() }.ToJsonString());
        denied = denied.Status is HttpStatusCode.Found ? await browser.GetApiAsync($"flows/executor/{slug}/?query=") : denied;
        denied.Member("component").ShouldBe("\"ak-stage-access-denied\"", denied.ToString());
        (await flow.TokenAsync(program, ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("device_code", device["device_code"]!.GetValue<string>()))).Member("error").ShouldBe("\"authorization_pending\"");
    }

    [Fact]
    public async Task CVE_2024_52287_scopes_that_are_not_configured_are_granted_by_no_grant()
    {
        var flow = new Flow(server, await server.AddApplicationAsync("scopes"));
        using var browser = await flow.SignedInAsync();
        using var program = server.Server.Program();
        const string greedy = "openid admin goauthentik.io/api entitlements offline_access";

        (await flow.TokenAsync(program, ("grant_type", "client_credentials"), ("scope", greedy))).Member("scope").ShouldBe("\"openid\"");
        var redeemed = (await flow.RedeemAsync(program, await flow.CodeAsync(browser, greedy))).Json;
        redeemed["scope"]!.GetValue<string>().ShouldBe("openid offline_access");
        (await flow.TokenAsync(program, ("grant_type", "refresh_token"), ("refresh_token", redeemed["refresh_token"]!.GetValue<string>()), ("scope", greedy))).Member("error").ShouldBe("\"invalid_scope\"");
        var device = (await flow.PostAsync(program, "/application/o/device/", ("scope", greedy))).Json;
        await server.Server.Database.ExecuteAsync($"UPDATE oauth2_device_code SET user_pk = {server.Person.Pk}, auth_time = now() WHERE user_code = '{device["user_code"]}'");
        (await flow.TokenAsync(program, ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("device_code", device["device_code"]!.GetValue<string>()))).Member("scope").ShouldBe("\"openid offline_access\"");
    }

    [Fact]
    public async Task CVE_2025_64521_a_deactivated_service_account_gets_no_token()
    {
        var flow = new Flow(server, await server.AddApplicationAsync("machine-off"));
        using var program = server.Server.Program();
        (await flow.TokenAsync(program, ("grant_type", "client_credentials"))).Status.ShouldBe(HttpStatusCode.OK);
        await server.Server.Database.ExecuteAsync("UPDATE \"user\" SET is_active = false WHERE username = 'ak-machine-off-client_credentials'");

        (await flow.TokenAsync(program, ("grant_type", "client_credentials"))).Member("error").ShouldBe("\"invalid_grant\"");
        var person = await server.Server.AddUserAsync("app-password-owner", u => u.IsActive = false);
        var key = await server.Server.AddTokenAsync(person, t => t.Intent = Postern.Directory.Tokens.TokenIntent.AppPassword);
        (await flow.TokenAsync(program, ("grant_type", "client_credentials"), ("username", "app-password-owner"), ("password", key))).Member("error").ShouldBe("\"invalid_grant\"");
    }

    [Fact]
    public async Task CVE_2026_16089_a_code_is_worth_nothing_to_another_client_or_at_another_address()
    {
        var (own, other) = (new Flow(server, await server.AddApplicationAsync("code-own")), new Flow(server, await server.AddApplicationAsync("code-other")));
        using var browser = await own.SignedInAsync();
        using var program = server.Server.Program();
        var code = await own.CodeAsync(browser);

        (await other.RedeemAsync(program, code)).Member("error").ShouldBe("\"invalid_grant\"");
        // A stranger's try did not use it up.
        (await own.RedeemAsync(program, code)).Status.ShouldBe(HttpStatusCode.OK);
        var moved = await own.TokenAsync(program, ("grant_type", "authorization_code"), ("code", await own.CodeAsync(browser)), ("redirect_uri", "https://rp.example.com/other"), ("code_verifier", Flow.Verifier));
        moved.Member("error").ShouldBe("\"invalid_grant\"");
    }

    [Fact]
    public async Task CVE_2026_4282_what_is_made_for_one_door_opens_no_other()
    {
        var flow = new Flow(server, await server.AddApplicationAsync("types"));
        using var browser = await flow.SignedInAsync();
        using var program = server.Server.Program();
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

    [Fact]
    public async Task CVE_2026_27840_a_shortened_or_lengthened_token_is_none()
    {
        var flow = new Flow(server, await server.AddApplicationAsync("shortened"));
        using var browser = await flow.SignedInAsync();
        using var program = server.Server.Program();
        var tokens = (await flow.RedeemAsync(program, await flow.CodeAsync(browser))).Json;
        foreach (var change in new Func<string, string>[] { t => t[..^1], t => t[..(t.Length / 2)], t => $"{t}A", t => $" {t}"[..t.Length], t => t.ToUpperInvariant() })
        {
            (await flow.UserinfoAsync(program, change(tokens["access_token"]!.GetValue<string>()).Trim())).ShouldBe(HttpStatusCode.Unauthorized);
            (await flow.RefreshAsync(program, change(tokens["refresh_token"]!.GetValue<string>()))).Member("error").ShouldBe("\"invalid_grant\"");
        }
    }

    [Theory]
    [InlineData("\"><script>alert(1)</script>")]
    [InlineData("'-alert(1)-'")]
    [InlineData("</form><form action=https://evil.example.com>")]
    public async Task CVE_2026_42849_what_an_application_sends_is_shown_as_text(string text)
    {
        var flow = new Flow(server, await server.AddApplicationAsync($"echo-{Guid.NewGuid():N}"));
        using var browser = await flow.SignedInAsync();
        foreach (var change in new[] { ("response_mode", "form_post", "state"), ("client_id", text, "state"), ("redirect_uri", text, "state") })
        {
            var query = flow.Request();
            query[change.Item3] = text;
            query[change.Item1] = change.Item2;
            using var response = await browser.GetAsync(QueryHelpers.AddQueryString("/application/o/authorize/", query), Cancellation);
            var page = await response.Content.ReadAsStringAsync(Cancellation);
            page.ShouldNotContain("<script>alert");
            page.ShouldNotContain("<form action=https://evil");
            response.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldContain("script-src 'self'");
        }
    }
}
