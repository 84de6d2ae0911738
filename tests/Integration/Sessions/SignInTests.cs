using Postern.Tests.Support.Servers;
using static Postern.Tests.Integration.Sessions.SessionDoors;

namespace Postern.Tests.Integration.Sessions;

public sealed class SignInTests(SessionDoors doors) : IClassFixture<SessionDoors>
{
    readonly TestServer server = doors.Server;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_browser_has_no_session_until_something_must_be_remembered()
    {
        var browser = server.Browser();
        var first = await browser.GetAsync("/test/who", Cancellation);
        first.Headers.Contains("Set-Cookie").ShouldBeFalse();

        await browser.GetAsync("/test/remember?note=milk", Cancellation);

        (await WhoAsync(browser)).GetProperty("note").GetString().ShouldBe("milk");
        (await NameAsync(browser)).ShouldBe("AnonymousUser");
    }

    [Trait("Fault", "F9")]
    [Fact]
    public async Task Sign_in_changes_the_key_and_keeps_what_was_remembered()
    {
        var user = await server.AddUserAsync("rotating");
        var browser = server.Browser();
        var before = Cookie(await browser.GetAsync("/test/remember?note=plan", Cancellation), "authentik_session");

        var response = await SignInAsync(browser, user);

        var after = Cookie(response, "authentik_session");
        after.ShouldNotBe(before, StringComparer.Ordinal);
        after.ShouldContain("httponly", Case.Insensitive);
        after.ShouldContain("samesite=lax", Case.Insensitive);
        after.ShouldNotContain("max-age", Case.Insensitive);
        Cookie(response, "authentik_csrf").ShouldNotContain("httponly", Case.Insensitive);
        (await WhoAsync(browser)).GetProperty("note").GetString().ShouldBe("plan");
        (await NameAsync(browser)).ShouldBe("rotating");
        using var thief = server.Program();
        thief.DefaultRequestHeaders.Add("Cookie", before.Split(';')[0]);
        (await NameAsync(thief)).ShouldBe("AnonymousUser");
    }

    [Fact]
    public async Task The_database_knows_only_the_hash_of_the_key()
    {
        var user = await server.AddUserAsync("hashed");
        var key = Cookie(await SignInAsync(server.Browser(), user), "authentik_session").Split('=', ';')[1];

        (await server.Database.ScalarAsync<bool>($"SELECT key_hash = sha256('{key}'::bytea) FROM session WHERE user_pk = {user.Pk}")).ShouldBeTrue();
    }

    [Fact]
    public async Task Sign_in_is_recorded()
    {
        var user = await server.AddUserAsync("recorded");
        await SignInAsync(server.Browser(), user);

        (await server.Database.ScalarAsync<string>($"SELECT context ->> 'auth_method' FROM event WHERE action = 'login' AND \"user\" ->> 'pk' = '{user.Pk}'")).ShouldBe("password");
        (await server.Database.ScalarAsync<DateTime>($"SELECT last_login FROM \"user\" WHERE pk = {user.Pk}")).ShouldBe(server.Clock.GetUtcNow().UtcDateTime);
    }

    [Fact]
    public async Task Inactive_users_and_nobody_cannot_sign_in()
    {
        var user = await server.AddUserAsync("retired", u => u.IsActive = false);
        var response = await SignInAsync(server.Browser(), user);
        (await response.Content.ReadAsStringAsync(Cancellation)).ShouldContain("User account is disabled.");
        (await server.Database.ScalarAsync<long>($"SELECT count(*) FROM session WHERE user_pk = {user.Pk}")).ShouldBe(0);

        var nobody = await server.Database.ScalarAsync<int>("SELECT pk FROM \"user\" WHERE username = 'AnonymousUser'");
        (await server.Browser().GetStringAsync($"/test/in?user={nobody}", Cancellation)).ShouldContain("User account is disabled.");
    }

    [Fact]
    public async Task Others_of_the_user_end_when_asked()
    {
        var user = await server.AddUserAsync("alone");
        using var first = server.Browser();
        using var second = server.Browser();
        await SignInAsync(first, user);
        await SignInAsync(second, user);
        (await NameAsync(first)).ShouldBe("alone");

        await SignInAsync(second, user, "others=end");

        (await NameAsync(first)).ShouldBe("AnonymousUser");
        (await NameAsync(second)).ShouldBe("alone");
    }

    [Fact]
    public async Task Sign_out_ends_the_session_and_is_recorded()
    {
        var user = await server.AddUserAsync("leaving");
        using var browser = server.Browser();
        await SignInAsync(browser, user);

        await browser.GetAsync("/test/out", Cancellation);

        (await NameAsync(browser)).ShouldBe("AnonymousUser");
        (await server.Database.ScalarAsync<long>($"SELECT count(*) FROM session WHERE user_pk = {user.Pk}")).ShouldBe(0);
        (await server.Database.ScalarAsync<long>($"SELECT count(*) FROM event WHERE action = 'logout' AND \"user\" ->> 'pk' = '{user.Pk}'")).ShouldBe(1);
    }

    [Fact]
    public async Task Superuser_and_roles_count_through_ancestors()
    {
        var user = await server.AddUserAsync("descendant");
        var (role, other) = (Guid.NewGuid(), Guid.NewGuid());
        await server.Database.ExecuteAsync(
            $$"""
            ALTER TABLE group_role DROP CONSTRAINT IF EXISTS group_role_role_pk_fkey;
            ALTER TABLE user_role DROP CONSTRAINT IF EXISTS user_role_role_pk_fkey;
            INSERT INTO "group" VALUES ('00000000-0000-0000-0000-00000000000a', 'leaf', false, '{}'), ('00000000-0000-0000-0000-00000000000b', 'middle', false, '{}'), ('00000000-0000-0000-0000-00000000000c', 'root', true, '{}');
            INSERT INTO group_parent VALUES ('00000000-0000-0000-0000-00000000000a', '00000000-0000-0000-0000-00000000000b'), ('00000000-0000-0000-0000-00000000000b', '00000000-0000-0000-0000-00000000000c');
            INSERT INTO user_group VALUES ({{user.Pk}}, '00000000-0000-0000-0000-00000000000a');
            INSERT INTO group_role VALUES ('00000000-0000-0000-0000-00000000000c', '{{role}}');
            INSERT INTO user_role VALUES ({{user.Pk}}, '{{other}}');
            """);
        using var browser = server.Browser();
        await SignInAsync(browser, user);

        var who = await WhoAsync(browser);

        who.GetProperty("superuser").GetBoolean().ShouldBeTrue();
        who.GetProperty("roles").EnumerateArray().Select(r => r.GetGuid()).ShouldBe([role, other], ignoreOrder: true);
    }

    static string Cookie(HttpResponseMessage response, string name) =>
        response.Headers.GetValues("Set-Cookie").Last(c => c.StartsWith(name + "=", StringComparison.Ordinal));
}
