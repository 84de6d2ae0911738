using System.Net;
using Postern.Directory.Users;
using Postern.Tests.Integration.Sessions;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Core.Users;

[Trait("Fault", "F28")]
public sealed class ImpersonateTests(SessionDoors doors) : IClassFixture<SessionDoors>
{
    readonly TestServer server = doors.Server;

    [Fact]
    public async Task Acts_as_the_user_until_it_stops_and_names_both()
    {
        var admin = await server.AddSuperuserAsync("boss");
        var user = await server.AddUserAsync("victim");
        using var browser = server.PageScript();
        await SessionDoors.SignInAsync(browser, admin);

        (await PostAsync(browser, user, """{"reason":"ticket 12"}""")).ToString().ShouldBe("204 ");
        (await SessionDoors.NameAsync(browser)).ShouldBe("victim");
        var me = await browser.GetApiAsync("core/users/me/");
        me.Json["user"]!["username"]!.ToString().ShouldBe("victim");
        me.Json["user"]!["is_current"]!.GetValue<bool>().ShouldBeTrue();
        me.Json["original"]!["username"]!.ToString().ShouldBe("boss");
        (await browser.PostApiAsync("core/tokens/", """{"identifier":"made-as-victim"}""")).Member("user").ShouldBe($"{user.Pk}");
        (await server.Database.ScalarAsync<string>("SELECT concat_ws(' ', \"user\"->>'username', \"user\"->'on_behalf_of'->>'username') FROM event WHERE context->'model'->>'name' = 'made-as-victim'")).ShouldBe("boss victim");
        (await browser.GetApiAsync("core/users/impersonate_end/")).ToString().ShouldBe("204 ");
        (await SessionDoors.NameAsync(browser)).ShouldBe("boss");

        (await EventAsync("impersonation_started")).ShouldBe("boss ticket 12 victim");
        (await server.Database.ScalarAsync<string>("SELECT \"user\"->'on_behalf_of'->>'username' FROM event WHERE action = 'impersonation_started' AND context->>'reason' = 'ticket 12'")).ShouldBe("victim");
        (await EventAsync("impersonation_ended")).ShouldBe("boss  victim");
        (await browser.GetApiAsync("core/users/impersonate_end/")).ToString().ShouldBe("204 ");
    }

    [Fact]
    public async Task Needs_a_reason_a_right_and_a_browser()
    {
        var user = await server.AddUserAsync("wanted");
        var helpdesk = await HelpdeskAsync("helpdesk", "authentik_core.view_user", "authentik_core.impersonate");
        var viewer = await HelpdeskAsync("viewer", "authentik_core.view_user");
        using var browser = server.PageScript();
        await SessionDoors.SignInAsync(browser, helpdesk);
        (await PostAsync(browser, user, "{}")).ToString().ShouldBe("""400 {"reason":["This field is required."]}""");
        (await PostAsync(browser, helpdesk, """{"reason":"x"}""")).Status.ShouldBe(HttpStatusCode.Forbidden);
        using var other = server.PageScript();
        await SessionDoors.SignInAsync(other, viewer);
        (await PostAsync(other, user, """{"reason":"x"}""")).Status.ShouldBe(HttpStatusCode.Forbidden);
        var blind = await HelpdeskAsync("blind", "authentik_core.impersonate", $"authentik_core.view_user:{helpdesk.Pk}");
        using var unseeing = server.PageScript();
        await SessionDoors.SignInAsync(unseeing, blind);
        (await PostAsync(unseeing, user, """{"reason":"x"}""")).ToString().ShouldBe("""404 {"detail":"No User matches the given query."}""");
        using var program = server.Program(await server.AddTokenAsync(helpdesk));
        (await program.PostApiAsync($"core/users/{user.Pk}/impersonate/", """{"reason":"x"}""")).Status.ShouldBe(HttpStatusCode.BadRequest);
        using var nobody = server.Program();
        (await nobody.PostApiAsync($"core/users/{user.Pk}/impersonate/", """{"reason":"x"}""")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Never_reaches_above_ones_own_rights()
    {
        var root = await server.AddSuperuserAsync("above");
        var stronger = await HelpdeskAsync("stronger", "authentik_core.delete_user");
        var plain = await server.AddUserAsync("plain");
        var helpdesk = await HelpdeskAsync("climber", "authentik_core.view_user", "authentik_core.impersonate");
        using var browser = server.PageScript();
        await SessionDoors.SignInAsync(browser, helpdesk);
        (await PostAsync(browser, root, """{"reason":"x"}""")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await PostAsync(browser, stronger, """{"reason":"x"}""")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await PostAsync(browser, plain, """{"reason":"x"}""")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await PostAsync(browser, root, """{"reason":"x"}""")).Status.ShouldBeOneOf(HttpStatusCode.Forbidden, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Can_be_switched_off_and_asks_no_reason_where_none_is_wanted()
    {
        await using var own = await TestServer.StartAsync();
        using var admin = await own.SuperuserAsync();
        var user = await own.AddUserAsync("someone");
        (await admin.CallAsync("PATCH", "admin/settings/", """{"impersonation":false}""")).Status.ShouldBe(HttpStatusCode.OK);
        (await admin.PostApiAsync($"core/users/{user.Pk}/impersonate/", """{"reason":"x"}""")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await admin.CallAsync("PATCH", "admin/settings/", """{"impersonation":true,"impersonation_require_reason":false}""")).Status.ShouldBe(HttpStatusCode.OK);
        (await admin.PostApiAsync($"core/users/{user.Pk}/impersonate/", "{}")).Text.ShouldContain("Impersonation needs a signed-in browser.");
    }

    async Task<User> HelpdeskAsync(string name, params string[] rights)
    {
        var user = await server.AddUserAsync(name);
        var role = await server.AddRoleAsync($"role of {name}", rights);
        await server.Database.ExecuteAsync($"INSERT INTO user_role (user_pk, role_pk) VALUES ({user.Pk}, '{role}')");
        return user;
    }

    Task<string?> EventAsync(string action) => server.Database.ScalarAsync<string>(
        $"SELECT concat_ws(' ', \"user\"->>'username', coalesce(context->>'reason', ''), context->'model'->>'name') FROM event WHERE action = '{action}' AND context->'model'->>'name' = 'victim' ORDER BY created DESC LIMIT 1")!;

    static Task<Answer> PostAsync(HttpClient browser, User user, string body) => browser.PostApiAsync($"core/users/{user.Pk}/impersonate/", body);
}
