using Postern.Tests.Integration.Authenticators;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Sessions;

/// <summary>How long sessions live, how many there may be, and which browsers are known.</summary>
public sealed class SessionLifeTests : IAsyncLifetime
{
    TestServer server = null!;
    HttpClient admin = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync();
        admin = await server.SuperuserAsync();
        await server.AddUserAsync("kim", u => u.Password = Directory.Passwords.PasswordHash.Encode(MfaServer.Password, 1000));
    }

    public async ValueTask DisposeAsync()
    {
        admin.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_session_that_is_used_lives_on_until_its_longest_time()
    {
        await StageAsync("""{"session_duration":"hours=1","longest_session":"hours=3"}""");
        using var browser = await SignedInAsync();
        for (var i = 0; i < 5; i++)
        {
            server.Clock.Advance(TimeSpan.FromMinutes(30));
            (await browser.WhoAsync()).ShouldBe("kim");
        }
        server.Clock.Advance(TimeSpan.FromMinutes(29));
        (await browser.WhoAsync()).ShouldBe("kim");
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        (await browser.WhoAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task A_session_that_is_not_used_ends()
    {
        await StageAsync("""{"session_duration":"hours=1"}""");
        using var browser = await SignedInAsync();
        server.Clock.Advance(TimeSpan.FromHours(1));
        (await browser.WhoAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Being_remembered_lengthens_the_session()
    {
        await StageAsync("""{"session_duration":"hours=1","remember_me_offset":"days=1"}""");
        using var browser = new Visitor(server);
        (await browser.SignInAsync("kim")).Component().ShouldBe("ak-stage-user-login");
        (await browser.AnswerAsync(MfaServer.SignIn, new System.Text.Json.Nodes.JsonObject { ["remember_me"] = true })).Component().ShouldBe("xak-flow-redirect");
        server.Clock.Advance(TimeSpan.FromHours(24));
        (await browser.WhoAsync()).ShouldBe("kim");
    }

    [Fact]
    public async Task One_session_more_than_allowed_ends_the_one_unused_the_longest()
    {
        await StageAsync("""{"most_sessions":2}""");
        using var first = await SignedInAsync();
        server.Clock.Advance(TimeSpan.FromMinutes(2));
        using var second = await SignedInAsync();
        server.Clock.Advance(TimeSpan.FromMinutes(2));
        (await first.WhoAsync()).ShouldBe("kim");
        server.Clock.Advance(TimeSpan.FromMinutes(2));

        using var third = await SignedInAsync();

        (await second.WhoAsync()).ShouldBeNull();
        (await first.WhoAsync()).ShouldBe("kim");
        (await third.WhoAsync()).ShouldBe("kim");
    }

    [Fact]
    public async Task Sign_ins_at_once_do_not_get_round_the_limit()
    {
        await StageAsync("""{"most_sessions":1}""");
        var browsers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => SignedInAsync()));

        (await server.Database.ScalarAsync<long>("SELECT count(*) FROM session s JOIN \"user\" u ON u.pk = s.user_pk WHERE u.username = 'kim'")).ShouldBe(1);
        foreach (var browser in browsers)
            browser.Dispose();
    }

    [Fact]
    public async Task Browsers_are_known_until_they_are_forgotten()
    {
        using var first = await SignedInAsync();
        (await KnownAsync()).ShouldBe("false");
        await AgainAsync(first);
        (await KnownAsync()).ShouldBe("true");
        await server.Database.ExecuteAsync("DELETE FROM session");
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        using var other = await SignedInAsync();
        (await KnownAsync()).ShouldBe("false");

        var known = (await admin.CallAsync("GET", "core/known_devices/")).Json["results"]!.AsArray();
        known.Count.ShouldBe(2);
        (await server.Database.ScalarAsync<bool>("SELECT bool_and(octet_length(key_hash) = 32) FROM known_device")).ShouldBeTrue();
        (await admin.CallAsync("DELETE", $"core/known_devices/{known[0]!["uuid"]}/")).Status.ShouldBe(System.Net.HttpStatusCode.NoContent);
        await AgainAsync(other);
        (await KnownAsync()).ShouldBe("false");
        server.Clock.Advance(TimeSpan.FromDays(31));
        await AgainAsync(other);
        (await KnownAsync()).ShouldBe("false");
    }

    async Task AgainAsync(Visitor browser)
    {
        await server.Database.ExecuteAsync("DELETE FROM session");
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        await browser.SignInAsync("kim");
    }

    async Task StageAsync(string body)
    {
        var stage = (await admin.CallAsync("GET", "stages/user_login/?name=default-authentication-login")).Json["results"]![0]!["pk"]!;
        (await admin.CallAsync("PATCH", $"stages/user_login/{stage}/", body)).Status.ShouldBe(System.Net.HttpStatusCode.OK);
    }

    async Task<Visitor> SignedInAsync()
    {
        var browser = new Visitor(server);
        (await browser.SignInAsync("kim")).Component().ShouldBe("xak-flow-redirect");
        return browser;
    }

    Task<string?> KnownAsync() => server.Database.ScalarAsync<string>("SELECT context->'auth_method_args'->>'known_device' FROM event WHERE action = 'login' ORDER BY created DESC, pk DESC LIMIT 1");
}
