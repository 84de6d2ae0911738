using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Postern.Tests.Integration.Authenticators;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Sessions;

/// <summary>Guessing is slowed down, alike for accounts that exist and that do not, and nobody is locked out by others.</summary>
public sealed class SignInLimitsTests(MfaServer mfa) : IClassFixture<MfaServer>
{
    const string Wait = "Too many failed attempts. Try again in ";

    readonly TestServer server = mfa.Server;

    [Fact]
    public async Task Waits_grow_and_end_with_success()
    {
        await mfa.AddPersonAsync("waits");
        using var browser = At("198.51.100.1");
        await FailAsync(browser, "waits", 5);

        foreach (var words in new[] { "a second", "2 seconds", "4 seconds", "8 seconds" })
        {
            (await TryAsync(browser, "waits", MfaServer.Password)).Error("password").ShouldBe(Wait + words + ".");
            server.Clock.Advance(Seconds(words));
            (await TryAsync(browser, "waits", "wrong")).Error("password").ShouldBe("Invalid password");
        }
        server.Clock.Advance(TimeSpan.FromSeconds(16));
        (await TryAsync(browser, "waits", MfaServer.Password)).Component().ShouldBe("xak-flow-redirect");
        (await server.Database.ScalarAsync<long>("SELECT count(*) FROM sign_in_attempts WHERE subject LIKE '%waits'")).ShouldBe(0);
        (await server.Database.ScalarAsync<int>("SELECT failures FROM sign_in_attempts WHERE subject = 'address 198.51.100.1'")).ShouldBe(9);
    }

    [Trait("Fault", "F14")]
    [Fact]
    public async Task A_hundred_guesses_at_once_are_not_more_than_five()
    {
        var user = await mfa.AddPersonAsync("raced");
        var browsers = Enumerable.Range(0, 100).Select(_ => At("198.51.100.2")).ToList();
        foreach (var browser in browsers)
            await NameAsync(browser, "raced");

        var answers = await Task.WhenAll(browsers.Select((b, i) => b.AnswerAsync(MfaServer.SignIn, new JsonObject { ["password"] = $"guess {i}" })));

        answers.Count(a => a.Error("password") == "Invalid password").ShouldBe(5);
        answers.Count(a => a.Error("password") == $"{Wait}a second.").ShouldBe(95);
        (await server.Database.ScalarAsync<long>($"SELECT count(*) FROM event WHERE action = 'login_failed' AND context->>'username' = '{user.Username}'")).ShouldBe(5);
        (await server.Database.ScalarAsync<string>("SELECT context->'stage'->>'name' FROM event WHERE action = 'login_failed' AND context->>'username' = 'raced' LIMIT 1")).ShouldBe("default-authentication-password");
        browsers.ForEach(b => b.Dispose());
    }

    [Fact]
    public async Task Any_number_of_right_passwords_at_once_is_fine()
    {
        await mfa.AddPersonAsync("busy");
        var browsers = Enumerable.Range(0, 30).Select(_ => At("198.51.100.12")).ToList();
        foreach (var browser in browsers)
            await NameAsync(browser, "busy");

        var answers = await Task.WhenAll(browsers.Select(b => b.AnswerAsync(MfaServer.SignIn, new JsonObject { ["password"] = MfaServer.Password })));

        answers.ShouldAllBe(a => a["component"]!.ToString() == "xak-flow-redirect");
        browsers.ForEach(b => b.Dispose());
    }

    [Fact]
    public async Task Another_address_gets_in_while_one_is_shut_out()
    {
        await mfa.AddPersonAsync("elsewhere");
        using var guesser = At("198.51.100.3");
        await FailAsync(guesser, "elsewhere", 5);
        (await TryAsync(guesser, "elsewhere", "wrong")).Error("password").ShouldStartWith(Wait);

        using var owner = At("198.51.100.4");
        (await TryAsync(owner, "elsewhere", MfaServer.Password)).Component().ShouldBe("xak-flow-redirect");
    }

    [Fact]
    public async Task A_known_browser_gets_in_while_the_whole_account_is_attacked_and_others_wait_a_minute_at_most()
    {
        await mfa.AddPersonAsync("attacked");
        using var owner = At("198.51.100.5");
        (await TryAsync(owner, "attacked", MfaServer.Password)).Component().ShouldBe("xak-flow-redirect");
        await server.Database.ExecuteAsync("DELETE FROM session WHERE user_pk = (SELECT pk FROM \"user\" WHERE username = 'attacked')");
        await server.Database.ExecuteAsync("INSERT INTO sign_in_attempts VALUES ('account attacked', 1000, now())");
        await server.Database.ExecuteAsync($"UPDATE sign_in_attempts SET last_at = '{server.Clock.GetUtcNow():O}' WHERE subject = 'account attacked'");

        using var stranger = At("198.51.100.6");
        (await TryAsync(stranger, "attacked", MfaServer.Password)).Error("password").ShouldBe($"{Wait}a minute.");
        (await TryAsync(owner, "attacked", MfaServer.Password)).Component().ShouldBe("xak-flow-redirect");
        // A known browser that was stolen has a count as well.
        await server.Database.ExecuteAsync("DELETE FROM session WHERE user_pk = (SELECT pk FROM \"user\" WHERE username = 'attacked')");
        for (var i = 0; i < 10; i++)
            await TryAsync(owner, "attacked", "wrong");
        (await TryAsync(owner, "attacked", MfaServer.Password)).Error("password").ShouldStartWith(Wait);
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        (await TryAsync(stranger, "attacked", MfaServer.Password)).Component().ShouldBe("xak-flow-redirect");
    }

    [Trait("Fault", "F14")]
    [Fact]
    public async Task One_address_tries_a_hundred_names_and_no_more()
    {
        for (var i = 0; i < 100; i++)
            await server.Database.ExecuteAsync($"SELECT settle_sign_in(ARRAY['address 198.51.100.7'], ARRAY[100], ARRAY[interval '15 minutes'], interval '1 day', '{server.Clock.GetUtcNow():O}', false)");
        await mfa.AddPersonAsync("sprayed");
        using var browser = At("198.51.100.7");
        (await TryAsync(browser, "sprayed", MfaServer.Password)).Error("password").ShouldBe($"{Wait}a second.");
    }

    [Trait("Fault", "F13")]
    [Theory]
    [InlineData("")]
    [InlineData("@example.org")]
    public async Task Accounts_that_exist_that_do_not_and_that_are_shut_are_answered_alike(string host)
    {
        var group = host.Length == 0 ? "alike" : "mailed";
        await mfa.AddPersonAsync($"{group}-here");
        var shut = await mfa.AddPersonAsync($"{group}-shut");
        await server.Database.ExecuteAsync($"UPDATE \"user\" SET is_active = false WHERE pk = {shut.Pk}");

        var talks = new List<string>();
        foreach (var (name, address) in new[] { ($"{group}-here{host}", $"2001:db8:{host.Length}:1::1"), ($"{group}-none{host}", $"2001:db8:{host.Length}:2::1"), ($"{group}-shut{host}", $"2001:db8:{host.Length}:3::1") })
        {
            using var browser = At(address);
            var said = new List<string>();
            for (var i = 0; i < 7; i++)
                said.Add($"{await NameAsync(browser, name)}{await browser.AnswerAsync(MfaServer.SignIn, new JsonObject { ["password"] = "wrong" })}");
            // The picture is drawn from the name that was typed.
            talks.Add(Regex.Replace(string.Join('\n', said).Replace(name, "somebody", StringComparison.Ordinal), "base64,[^\"]+", "", RegexOptions.None, TimeSpan.FromSeconds(1)));
        }

        talks[1].ShouldBe(talks[0]);
        talks[2].ShouldBe(talks[0]);
        talks[0].ShouldContain(Wait);
        // The right password of an account that is shut says no more than a wrong one.
        using var owner = At("198.51.100.11");
        (await TryAsync(owner, $"{group}-shut", MfaServer.Password)).Error("password").ShouldBe("Invalid password");
    }

    static TimeSpan Seconds(string words) => TimeSpan.FromSeconds(words is "a second" ? 1 : int.Parse(words.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture));

    Visitor At(string address)
    {
        var browser = new Visitor(server);
        browser.Http.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        return browser;
    }

    static async Task<JsonObject> NameAsync(Visitor browser, string name)
    {
        await browser.CancelAsync();
        await browser.ShowAsync(MfaServer.SignIn);
        return await browser.AnswerAsync(MfaServer.SignIn, new JsonObject { ["uid_field"] = name });
    }

    static async Task<JsonObject> TryAsync(Visitor browser, string name, string password)
    {
        await NameAsync(browser, name);
        return await browser.AnswerAsync(MfaServer.SignIn, new JsonObject { ["password"] = password });
    }

    static async Task FailAsync(Visitor browser, string name, int times)
    {
        for (var i = 0; i < times; i++)
            (await TryAsync(browser, name, "wrong")).Error("password").ShouldBe("Invalid password");
    }
}
