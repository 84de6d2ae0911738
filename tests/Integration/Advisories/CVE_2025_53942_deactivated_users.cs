using System.Net;
using Postern.Tests.Support.Oidc;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Advisories;

/// <summary>
/// Deactivated users still got half way in by some entries. Every one asks; <see cref="CVE_2025_53942_deactivated_users_by_a_source"/> tries the one where the hole was. Guards <c>is_active</c> in Directory/Sessions/SessionSignIn and
/// BearerToken, in Stages/Login, and in the grants of OAuth2.
/// </summary>
public sealed class CVE_2025_53942_deactivated_users(OidcServer server) : ProtocolAdvisory(server)
{
    [Fact]
    public async Task Keep_no_code_and_no_token()
    {
        var flow = new Flow(Oidc, await Oidc.AddApplicationAsync("deactivated"));
        using var program = Oidc.Server.Program();
        var user = await Oidc.Server.AddUserAsync("leaver");
        using var browser = Oidc.Server.Browser();
        await browser.GetAsync($"/test/in?user={user.Pk}", Cancellation);
        var tokens = (await flow.RedeemAsync(program, await flow.CodeAsync(browser))).Json;
        var code = await flow.CodeAsync(browser);

        (await Oidc.Admin.CallAsync("PATCH", $"core/users/{user.Pk}/", """{"is_active": false}""")).Status.ShouldBe(HttpStatusCode.OK);

        (await flow.UserinfoAsync(program, tokens["access_token"]!.GetValue<string>())).ShouldBe(HttpStatusCode.Unauthorized);
        (await flow.RedeemAsync(program, code)).Member("error").ShouldBe("\"invalid_grant\"");
        (await flow.RefreshAsync(program, tokens["refresh_token"]!.GetValue<string>())).Member("error").ShouldBe("\"invalid_grant\"");
        (await Oidc.Admin.CallAsync("PATCH", $"core/users/{user.Pk}/", """{"is_active": true}""")).Status.ShouldBe(HttpStatusCode.OK);
        (await flow.RefreshAsync(program, tokens["refresh_token"]!.GetValue<string>())).Member("error").ShouldBe("\"invalid_grant\"");
    }

    [Fact]
    public async Task Keep_no_session_and_no_api_token()
    {
        var user = await Oidc.Server.AddUserAsync("left-behind");
        using var browser = Oidc.Server.Browser();
        await browser.GetAsync($"/test/in?user={user.Pk}", Cancellation);
        using var program = Oidc.Server.Program(await Oidc.Server.AddTokenAsync(user));
        foreach (var client in new[] { browser, program })
            (await client.GetApiAsync("core/users/me/")).Status.ShouldBe(HttpStatusCode.OK);

        // Whatever else would have ended them does not run.
        await Oidc.Server.Database.ExecuteAsync($"UPDATE \"user\" SET is_active = false WHERE pk = {user.Pk}");

        foreach (var client in new[] { browser, program })
            (await client.GetApiAsync("core/users/me/")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }
}
