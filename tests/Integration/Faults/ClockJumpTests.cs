using System.Net;
using System.Text.Json.Nodes;
using Postern.Tests.Integration.Authenticators;
using Postern.Tests.Integration.Flows;
using Postern.Tests.Support;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Faults;

/// <summary>The machine's clock jumps while people are on their way, and is put right again.</summary>
[Trait("Fault", "F5")]
public sealed class ClockJumpTests(MfaServer mfa) : IClassFixture<MfaServer>
{
    readonly TestServer server = mfa.Server;

    [Theory]
    [InlineData("00:05:00")]
    [InlineData("-00:05:00")]
    [InlineData("23:00:00")]
    [InlineData("-23:00:00")]
    public async Task Whoever_is_signed_in_or_about_to_be_goes_on(string by)
    {
        var (inside, coming) = (await mfa.AddPersonAsync($"inside {by}"), await mfa.AddPersonAsync($"coming {by}"));
        using var first = new Visitor(server);
        await first.SignInAsync(inside.Username);
        using var second = new Visitor(server);
        await second.ShowAsync(MfaServer.SignIn);
        await second.AnswerAsync(MfaServer.SignIn, new JsonObject { ["uid_field"] = coming.Username });

        await JumpAsync(by, async () =>
        {
            (await first.WhoAsync()).ShouldBe(inside.Username);
            (await second.AnswerAsync(MfaServer.SignIn, new JsonObject { ["password"] = MfaServer.Password })).Component().ShouldBe("xak-flow-redirect");
        });

        (await first.WhoAsync()).ShouldBe(inside.Username);
        (await second.WhoAsync()).ShouldBe(coming.Username);
        Figures.Tell("F5", $"the clock jumped by {by} and back under a session and a sign-in", acknowledged: 2);
    }

    [Fact]
    public async Task A_code_that_was_used_is_not_good_again_when_its_time_comes_again()
    {
        var person = await mfa.AddPersonAsync("clock-totp");
        await mfa.AddTotpAsync(person);
        async Task<string> TryAsync()
        {
            using var browser = new Visitor(server);
            await browser.SignInAsync(person.Username);
            return (await browser.AnswerAsync(MfaServer.SignIn, new JsonObject { ["code"] = mfa.CodeAt() })).Component();
        }
        (await TryAsync()).ShouldBe("xak-flow-redirect");
        foreach (var jump in new[] { "-00:00:01", "-00:00:30", "-00:05:00", "-1.00:00:00" })
            await JumpAsync(jump, async () => (await TryAsync()).ShouldBe("ak-stage-authenticator-validate", jump));
        Figures.Tell("F5", "a code of an authenticator app was tried again after four jumps back");
    }

    [Theory]
    [InlineData("1.00:00:00")]
    [InlineData("00:20:00")]
    public async Task Failures_counted_by_a_clock_that_was_ahead_keep_nobody_out_once_it_is_put_right(string ahead)
    {
        var person = await mfa.AddPersonAsync($"ahead{ahead.Length}");
        await mfa.AddTotpAsync(person);
        await JumpAsync(ahead, async () =>
        {
            using var guesser = new Visitor(server);
            await guesser.SignInAsync(person.Username);
            await guesser.AnswerAsync(MfaServer.SignIn, new JsonObject { ["code"] = "000000" });
            for (var i = 0; i < 8; i++)
            {
                using var wrong = new Visitor(server);
                await wrong.SignInAsync(person.Username, password: "wrong");
            }
        });
        using var owner = new Visitor(server);
        (await owner.SignInAsync(person.Username)).Component().ShouldBe("ak-stage-authenticator-validate");
        (await owner.AnswerAsync(MfaServer.SignIn, new JsonObject { ["code"] = mfa.CodeAt() })).Component().ShouldBe("xak-flow-redirect");
        Figures.Tell("F5", $"failures were counted {ahead} ahead of the time, the clock put right, and the owner signed in", acknowledged: 1);
    }

    [Fact]
    public async Task An_invitation_ends_by_the_clock_as_it_is()
    {
        const string slug = "clock-flow";
        var flow = await EnrolmentSteps.ImportAsync(mfa.Admin, new JsonObject { ["flow_slug"] = slug, ["stage_name"] = "clock-invitation" });
        var invitation = await EnrolmentSteps.InviteAsync(mfa.Admin, flow, []);
        async Task<string> OpenAsync()
        {
            using var browser = server.Browser();
            return (await EnrolmentSteps.GetAsync(browser, invitation, slug)).Component();
        }
        (await OpenAsync()).ShouldBe("ak-stage-prompt");
        await JumpAsync("1.00:00:00", async () => (await OpenAsync()).ShouldBe("ak-stage-access-denied"));
        await JumpAsync("-1.00:00:00", async () => (await OpenAsync()).ShouldBe("ak-stage-prompt"));
        (await OpenAsync()).ShouldBe("ak-stage-prompt");
        Figures.Tell("F5", "an invitation of half an hour was opened before, a day after and a day before its time");
    }

    /// <summary>Sets the clock wrong, and right again afterwards.</summary>
    async Task JumpAsync(string by, Func<Task> meanwhile)
    {
        var jump = TimeSpan.Parse(by, System.Globalization.CultureInfo.InvariantCulture);
        server.Clock.Advance(jump);
        await meanwhile();
        server.Clock.Advance(-jump);
    }
}
