using System.Net;
using System.Text.Json.Nodes;
using Postern.Tests.Integration.Authenticators;
using Postern.Tests.Integration.Flows;
using Postern.Tests.Support;
using Postern.Tests.Support.Servers;
using static Postern.Tests.Integration.Faults.Persistent;

namespace Postern.Tests.Integration.Faults;

/// <summary>People press twice, go back, and have the same page open in two tabs.</summary>
[Trait("Fault", "F8")]
public sealed class DoubleSubmitTests(MfaServer mfa) : IClassFixture<MfaServer>
{
    const int Many = 50;

    readonly TestServer server = mfa.Server;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_presses_the_last_button_twice_enrols_once()
    {
        const string slug = "twice-flow";
        var flow = await EnrolmentSteps.ImportAsync(mfa.Admin, new JsonObject { ["flow_slug"] = slug, ["stage_name"] = "twice-invitation" });
        var invitations = new List<string>();
        for (var i = 0; i < Many; i++)
            invitations.Add(await EnrolmentSteps.InviteAsync(mfa.Admin, flow, []));
        var ins = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, Many), Cancellation, async (i, _) =>
        {
            using var visitor = new Visitor(server);
            var query = $"itoken={invitations[i]}";
            await visitor.ShowAsync(slug, query);
            await visitor.AnswerAsync(slug, Credentials($"guest-twice{i}"), query);
            var ends = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => visitor.AnswerAsync(slug, Details($"guest-twice{i}"), query)));
            ends.Count(e => e.Component() == Done).ShouldBeInRange(1, 2);
            // Neither press ends in a fault of the server.
            ends.ShouldAllBe(e => e.Component() == Done || e.Component() == "ak-stage-access-denied" || e.Component() == "ak-stage-prompt", string.Join(' ', ends.Select(e => e.ToJsonString())));
            if (await visitor.WhoAsync() == $"guest-twice{i}")
                Interlocked.Increment(ref ins);
        });
        var (halfMade, usedTwice) = (await server.Database.ScalarAsync<long>(Census.HalfMade), await server.Database.ScalarAsync<long>(Census.UsedTwice));
        Figures.Tell("F8", $"{Many} people pressed the last button of their enrolment twice at once; {ins} are signed in", Many, Many - ins, halfMade, usedTwice);
        (halfMade, usedTwice, ins).ShouldBe((0, 0, Many));
        (await server.Database.ScalarAsync<long>("SELECT count(*) FROM \"user\" WHERE username LIKE 'guest-twice%'")).ShouldBe(Many);
    }

    [Fact]
    public async Task Who_presses_sign_in_several_times_is_signed_in_once()
    {
        var ins = 0;
        for (var i = 0; i < 20; i++)
        {
            var person = await mfa.AddPersonAsync($"pressing{i}");
            using var visitor = new Visitor(server);
            await visitor.ShowAsync(MfaServer.SignIn);
            await visitor.AnswerAsync(MfaServer.SignIn, new JsonObject { ["uid_field"] = person.Username });
            var ends = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => visitor.AnswerAsync(MfaServer.SignIn, new JsonObject { ["password"] = MfaServer.Password })));
            ends.ShouldContain(e => e.Component() == Done);
            ins += await visitor.WhoAsync() == person.Username ? 1 : 0;
            (await server.Database.ScalarAsync<long>($"SELECT count(*) FROM session WHERE user_pk = {person.Pk}")).ShouldBe(1, person.Username);
        }
        Figures.Tell("F8", "20 people pressed Sign in three times at once", 20, 20 - ins);
        ins.ShouldBe(20);
    }

    [Fact]
    public async Task The_answer_to_a_press_that_was_on_its_way_takes_the_new_key_from_nobody()
    {
        var person = await mfa.AddPersonAsync("late-press");
        var cookies = new CookieContainer();
        using var visitor = new Visitor(server, cookies);
        await visitor.ShowAsync(MfaServer.SignIn);
        using var late = new HttpRequestMessage(HttpMethod.Get, $"/api/v3/flows/executor/{MfaServer.SignIn}/?query=");
        late.Headers.Add("Cookie", cookies.GetCookieHeader(server.Address));
        await visitor.AnswerAsync(MfaServer.SignIn, new JsonObject { ["uid_field"] = person.Username });
        await visitor.AnswerAsync(MfaServer.SignIn, new JsonObject { ["password"] = MfaServer.Password });
        using var program = server.Program();

        using var answer = await program.SendAsync(late, Cancellation);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
        // It opens nothing, and after a while is as good as any key that nobody knows.
        server.Clock.Advance(TimeSpan.FromMinutes(2));
        using var later = new HttpRequestMessage(HttpMethod.Get, late.RequestUri);
        later.Headers.Add("Cookie", late.Headers.GetValues("Cookie"));
        using var anew = await program.SendAsync(later, Cancellation);
        anew.Headers.GetValues("Set-Cookie").ShouldContain(c => c.Contains("authentik_session", StringComparison.Ordinal));
        (await visitor.WhoAsync()).ShouldBe(person.Username);
    }

    [Fact]
    public async Task What_the_back_button_shows_can_be_answered_and_leads_on()
    {
        var person = await mfa.AddPersonAsync("going-back");
        using var visitor = new Visitor(server);
        await visitor.ShowAsync(MfaServer.SignIn);
        await visitor.AnswerAsync(MfaServer.SignIn, new JsonObject { ["uid_field"] = person.Username });
        // The page before, sent again from the browser's memory: the run stands at the password and says so.
        (await visitor.AnswerAsync(MfaServer.SignIn, new JsonObject { ["uid_field"] = person.Username })).Component().ShouldBe("ak-stage-password");
        (await visitor.AnswerAsync(MfaServer.SignIn, new JsonObject { ["password"] = MfaServer.Password })).Component().ShouldBe(Done);
        // And again after the end: the run is over, so that the page begins anew; nothing happens to whoever is signed in.
        (await visitor.AnswerAsync(MfaServer.SignIn, new JsonObject { ["uid_field"] = person.Username })).Component().ShouldBe("ak-stage-identification");
        (await visitor.WhoAsync()).ShouldBe(person.Username);
        Figures.Tell("F8", "a page was sent again from the browser's memory in the middle and after the end", acknowledged: 1);
    }

    [Fact]
    public async Task Two_tabs_of_one_browser_end_with_one_account_and_the_second_is_told()
    {
        const string slug = "tabs-flow";
        var flow = await EnrolmentSteps.ImportAsync(mfa.Admin, new JsonObject { ["flow_slug"] = slug, ["stage_name"] = "tabs-invitation" });
        var query = $"itoken={await EnrolmentSteps.InviteAsync(mfa.Admin, flow, [])}";
        var cookies = new CookieContainer();
        using var first = new Visitor(server, cookies);
        using var second = new Visitor(server, cookies);
        await first.ShowAsync(slug, query);
        await second.ShowAsync(slug, query);
        await first.AnswerAsync(slug, Credentials("guest-tabs"), query);
        // The other tab still shows the first page; its answer is not one to the page that comes now.
        (await second.AnswerAsync(slug, Credentials("guest-tabs"), query)).Component().ShouldBe("ak-stage-prompt");
        (await first.AnswerAsync(slug, Details("guest-tabs"), query)).Component().ShouldBe(Done);

        var late = await second.AnswerAsync(slug, Details("guest-tabs"), query);

        late.Component().ShouldNotBe("ak-stage-prompt");
        (await second.WhoAsync()).ShouldBe("guest-tabs");
        var (halfMade, usedTwice) = (await server.Database.ScalarAsync<long>(Census.HalfMade), await server.Database.ScalarAsync<long>(Census.UsedTwice));
        Figures.Tell("F8", "one invitation was followed in two tabs of a browser", 1, 0, halfMade, usedTwice);
        (halfMade, usedTwice).ShouldBe((0, 0));
    }
}
