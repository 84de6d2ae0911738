using Postern.Tests.Support.Servers;
using static Postern.Tests.Integration.Sessions.SessionDoors;

namespace Postern.Tests.Integration.Sessions;

public sealed class SessionEndTests(SessionDoors doors) : IClassFixture<SessionDoors>
{
    readonly TestServer server = doors.Server;

    [Fact]
    public async Task A_session_lives_a_day_from_its_last_use()
    {
        var user = await server.AddUserAsync("sliding");
        using var browser = server.Browser();
        await SignInAsync(browser, user);

        server.Clock.Advance(TimeSpan.FromHours(23));
        (await NameAsync(browser)).ShouldBe("sliding");
        server.Clock.Advance(TimeSpan.FromHours(23));
        (await NameAsync(browser)).ShouldBe("sliding");
        server.Clock.Advance(TimeSpan.FromHours(25));
        (await NameAsync(browser)).ShouldBe("AnonymousUser");
        (await server.Database.ScalarAsync<long>($"SELECT count(*) FROM session WHERE user_pk = {user.Pk}")).ShouldBe(0);
    }

    [Fact]
    public async Task A_remembered_session_outlives_the_browser()
    {
        var user = await server.AddUserAsync("remembered");
        using var browser = server.Browser();
        var response = await SignInAsync(browser, user, "days=30");
        response.Headers.GetValues("Set-Cookie").ShouldContain(c => c.StartsWith("authentik_session=", StringComparison.Ordinal) && c.Contains("max-age=2592000", StringComparison.OrdinalIgnoreCase));

        server.Clock.Advance(TimeSpan.FromDays(29));
        (await NameAsync(browser)).ShouldBe("remembered");
    }

    [Fact]
    public async Task Use_is_written_at_most_once_a_minute()
    {
        var user = await server.AddUserAsync("busy");
        using var browser = server.Browser();
        await SignInAsync(browser, user);
        var start = server.Clock.GetUtcNow().UtcDateTime;

        server.Clock.Advance(TimeSpan.FromSeconds(59));
        await NameAsync(browser);
        (await LastUsedAsync(user.Pk)).ShouldBe(start);
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        await NameAsync(browser);
        (await LastUsedAsync(user.Pk)).ShouldBe(start.AddMinutes(1));
    }

    [Fact]
    public async Task Deactivation_signs_out_on_the_next_request()
    {
        var user = await server.AddUserAsync("fired");
        using var browser = server.Browser();
        await SignInAsync(browser, user);
        await server.Database.ExecuteAsync($"UPDATE \"user\" SET is_active = false WHERE pk = {user.Pk}");

        (await NameAsync(browser)).ShouldBe("AnonymousUser");

        await server.Database.ExecuteAsync($"UPDATE \"user\" SET is_active = true WHERE pk = {user.Pk}");
        (await NameAsync(browser)).ShouldBe("AnonymousUser");
    }

    [Fact]
    public async Task An_impersonated_user_may_be_inactive_but_not_the_administrator()
    {
        var administrator = await server.AddUserAsync("boss");
        var user = await server.AddUserAsync("target", u => u.IsActive = false);
        using var browser = server.Browser();
        await SignInAsync(browser, administrator);
        await server.Database.ExecuteAsync($"UPDATE session SET user_pk = {user.Pk}, impersonator_pk = {administrator.Pk} WHERE user_pk = {administrator.Pk}");

        var who = await WhoAsync(browser);
        who.GetProperty("username").GetString().ShouldBe("target");
        who.GetProperty("impersonator").GetString().ShouldBe("boss");

        await server.Database.ExecuteAsync($"UPDATE \"user\" SET is_active = false WHERE pk = {administrator.Pk}");
        (await NameAsync(browser)).ShouldBe("AnonymousUser");
    }

    [Fact]
    public async Task Keys_that_cannot_be_are_ignored()
    {
        foreach (var key in new[] { "x", new string('a', 5000), "%00", "' OR 1=1 --" })
        {
            using var browser = server.Program();
            browser.DefaultRequestHeaders.TryAddWithoutValidation("Cookie", $"authentik_session={key}");
            (await NameAsync(browser)).ShouldBe("AnonymousUser");
        }
    }

    [Fact]
    public async Task A_password_that_is_set_ends_the_users_sessions_but_the_one_that_sets_it()
    {
        var user = await server.AddSuperuserAsync("resetter");
        using var here = server.PageScript();
        using var elsewhere = server.Browser();
        await SignInAsync(here, user);
        await SignInAsync(elsewhere, user);

        (await here.PostApiAsync($"core/users/{user.Pk}/set_password/", """{"password":"another"}""")).ToString().ShouldBe("204 ");

        (await NameAsync(here)).ShouldBe("resetter");
        (await NameAsync(elsewhere)).ShouldBe("AnonymousUser");
    }

    Task<DateTime> LastUsedAsync(int user) => server.Database.ScalarAsync<DateTime>($"SELECT last_used FROM session WHERE user_pk = {user}");

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public async Task Some_accounts_go_with_their_sign_out(bool marked, int left)
    {
        var user = await server.AddUserAsync($"for-one-session-{marked}", u => u.Attributes["goauthentik.io/user/delete-on-logout"] = marked);
        using var browser = server.Browser();
        await SignInAsync(browser, user);
        await browser.GetAsync("/test/out", TestContext.Current.CancellationToken);
        (await server.Database.ScalarAsync<long>($"SELECT count(*) FROM \"user\" WHERE pk = {user.Pk}")).ShouldBe(left);
        (await NameAsync(browser)).ShouldBe("AnonymousUser");
    }
}
