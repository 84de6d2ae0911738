using System.Net;
using System.Text.Json.Nodes;
using Postern.Tests.Integration.Flows;
using Postern.Tests.Support;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Invitations;

/// <summary>What is recorded of an invitation, and what its state is worked out from.</summary>
public sealed class LedgerTests(InvitationServer fixture) : IClassFixture<InvitationServer>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task From_its_making_to_its_use_every_step_is_kept()
    {
        var pk = (await fixture.InviteAsync())["pk"]!.ToString();
        (await fixture.StatusAsync(pk)).ShouldBe("ready");
        using var browser = fixture.Server.Browser();
        await EnrolmentSteps.GetAsync(browser, pk);
        (await fixture.StatusAsync(pk)).ShouldBe("opened");
        await EnrolmentSteps.AnswerAsync(browser, pk, EnrolmentSteps.Credentials("ledger-jane"));
        (await fixture.StatusAsync(pk)).ShouldBe("started");
        await EnrolmentSteps.AnswerAsync(browser, pk, new JsonObject { ["name"] = "Jane", ["email"] = "jane@example.com" });

        var used = await fixture.ReadAsync(pk);
        (used["status"]!.ToString(), used["uses"]!.GetValue<int>()).ShouldBe(("accepted", 1));
        var history = (await fixture.Root.GetApiAsync($"{InvitationServer.Invitations}{pk}/history/")).Json.AsArray();
        history.Select(e => e!["what"]!.ToString()).Reverse().ShouldBe(["created", "opened", "started", "accepted"]);
        history[0]!["user"]!.GetValue<int>().ShouldBe((await fixture.UserAsync("ledger-jane"))["pk"]!.GetValue<int>());
        history[0]!["client_ip"]!.ToString().ShouldBe("127.0.0.1");
        history[^1]!["actor"]!.ToString().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Lists_leave_out_what_has_ended_unless_asked()
    {
        var (open, used, revoked) = (await PkAsync("list-open"), await PkAsync("list-used"), await PkAsync("list-revoked"));
        await fixture.EnrolAsync(used, "list-user");
        (await fixture.Root.PostApiAsync($"{InvitationServer.Invitations}{revoked}/revoke/", "{}")).Status.ShouldBe(HttpStatusCode.NoContent);

        (await NamesAsync("?search=list-")).ShouldBe(["list-open"], ignoreOrder: true);
        (await NamesAsync("?search=list-&status=accepted")).ShouldBe(["list-used"]);
        (await NamesAsync("?search=list-&status=accepted&status=revoked")).ShouldBe(["list-used", "list-revoked"], ignoreOrder: true);
        (await NamesAsync("?search=list-&status=all")).Count.ShouldBe(3);
        (await fixture.Root.GetApiAsync($"{InvitationServer.Invitations}?status=lost")).Status.ShouldBe(HttpStatusCode.BadRequest);
        var counts = (await fixture.Root.GetApiAsync("stages/invitation/counts/")).Json;
        counts["revoked"]!.GetValue<int>().ShouldBeGreaterThanOrEqualTo(1);
        counts["open"]!.GetValue<int>().ShouldBeGreaterThanOrEqualTo(1);
        open.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Revoking_closes_the_link_at_once_also_for_who_has_begun()
    {
        var pk = await PkAsync("revoked");
        using var browser = fixture.Server.Browser();
        await EnrolmentSteps.GetAsync(browser, pk);
        await EnrolmentSteps.AnswerAsync(browser, pk, EnrolmentSteps.Credentials("revoked-late"));
        await fixture.Root.PostApiAsync($"{InvitationServer.Invitations}{pk}/revoke/", "{}");

        (await EnrolmentSteps.AnswerAsync(browser, pk, new JsonObject { ["name"] = "Late", ["email"] = "late@example.com" }))["error_message"]!.ToString().ShouldBe("Invalid invite/invite not found");
        (await fixture.Root.GetApiAsync("core/users/?username=revoked-late")).Json["results"]!.AsArray().ShouldBeEmpty();
        (await fixture.StatusAsync(pk)).ShouldBe("revoked");
        (await fixture.Root.PostApiAsync($"{InvitationServer.Invitations}{pk}/revoke/", "{}")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Trait("Fault", "F6")]
    [Fact]
    public async Task Of_a_hundred_people_finishing_at_once_as_many_succeed_as_it_has_uses()
    {
        var pk = (await fixture.InviteAsync(new JsonObject { ["name"] = "seven", ["single_use"] = false, ["max_uses"] = 7 }))["pk"]!.ToString();
        var browsers = Enumerable.Range(0, 100).Select(_ => fixture.Server.Browser()).ToList();
        await Parallel.ForEachAsync(Enumerable.Range(0, 100), Cancellation, async (i, _) =>
        {
            await EnrolmentSteps.GetAsync(browsers[i], pk);
            await EnrolmentSteps.AnswerAsync(browsers[i], pk, EnrolmentSteps.Credentials($"seventh{i}"));
        });
        var ends = await Task.WhenAll(browsers.Select((b, i) => EnrolmentSteps.AnswerAsync(b, pk, new JsonObject { ["name"] = $"Seventh {i}", ["email"] = $"seventh{i}@example.com" })));

        ends.Count(e => e["component"]!.ToString() is "xak-flow-redirect").ShouldBe(7);
        ends.Where(e => e["component"]!.ToString() is not "xak-flow-redirect").ShouldAllBe(e => e["error_message"]!.ToString() == "Invalid invite/invite not found");
        (await fixture.Root.GetApiAsync("core/users/?search=seventh")).Json["pagination"]!["count"]!.GetValue<int>().ShouldBe(7);
        var used = await fixture.ReadAsync(pk);
        (used["status"]!.ToString(), used["uses"]!.GetValue<int>()).ShouldBe(("exhausted", 7));
        Figures.Tell("F6", "100 people finished an invitation for 7 at once, 7 accounts were made", acknowledged: 7);
        browsers.ForEach(b => b.Dispose());
    }

    [Fact]
    public async Task An_account_that_could_not_be_written_uses_nothing_up()
    {
        var (first, second) = (await PkAsync("twin-one"), await PkAsync("twin-two"));
        using var one = fixture.Server.Browser();
        using var two = fixture.Server.Browser();
        foreach (var (browser, pk) in new[] { (one, first), (two, second) })
        {
            await EnrolmentSteps.GetAsync(browser, pk);
            await EnrolmentSteps.AnswerAsync(browser, pk, EnrolmentSteps.Credentials("twin"));
        }
        var details = new JsonObject { ["name"] = "Twin", ["email"] = "twin@example.com" };
        (await EnrolmentSteps.AnswerAsync(one, first, details))["component"]!.ToString().ShouldBe("xak-flow-redirect");
        (await EnrolmentSteps.AnswerAsync(two, second, details))["component"]!.ToString().ShouldBe("ak-stage-access-denied");

        (await fixture.ReadAsync(second))["uses"]!.GetValue<int>().ShouldBe(0);
        (await fixture.EnrolAsync(second, "twin-again"))["component"]!.ToString().ShouldBe("xak-flow-redirect");
    }

    [Fact]
    public async Task Extending_opens_an_expired_link_again()
    {
        var pk = await PkAsync("extended");
        await fixture.Server.Database.ExecuteAsync($"UPDATE invitation SET expires = '2020-01-01' WHERE pk = '{pk}'");
        (await fixture.StatusAsync(pk)).ShouldBe("expired");
        var until = fixture.Server.Clock.GetUtcNow().AddDays(3).ToString("O", System.Globalization.CultureInfo.InvariantCulture);

        (await fixture.Root.PostApiAsync($"{InvitationServer.Invitations}{pk}/extend/", $$"""{"expires": "2020-01-02T00:00:00Z"}""")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await fixture.Root.PostApiAsync($"{InvitationServer.Invitations}{pk}/extend/", $$"""{"expires": "{{until}}"}""")).Status.ShouldBe(HttpStatusCode.OK);

        (await fixture.EnrolAsync(pk, "extended-user"))["component"]!.ToString().ShouldBe("xak-flow-redirect");
        (await fixture.HistoryAsync(pk)).ShouldContain("extended");
    }

    [Fact]
    public async Task Only_who_says_so_makes_one_without_an_end()
    {
        (await fixture.InviteAsync(new JsonObject { ["expires"] = null }))["expires"].ShouldNotBeNull();
        (await fixture.InviteAsync(new JsonObject { ["expiring"] = false }))["expires"].ShouldBeNull();
        (await fixture.AskAsync(new JsonObject { ["max_uses"] = 3 })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await fixture.AskAsync(new JsonObject { ["single_use"] = false, ["max_uses"] = 0 })).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_draft_opens_nothing()
    {
        var pk = (await fixture.InviteAsync(new JsonObject { ["draft"] = true }))["pk"]!.ToString();
        (await fixture.StatusAsync(pk)).ShouldBe("draft");
        using var browser = fixture.Server.Browser();
        (await EnrolmentSteps.GetAsync(browser, pk))["error_message"]!.ToString().ShouldBe("Invalid invite/invite not found");
        (await fixture.HistoryAsync(pk)).ShouldContain("refused");
    }

    [Fact]
    public async Task What_ended_long_ago_is_forgotten_and_the_rest_stays()
    {
        var (old, recent) = (await PkAsync("forget-old"), await PkAsync("forget-recent"));
        await fixture.EnrolAsync(old, "forget-a");
        await fixture.EnrolAsync(recent, "forget-b");
        await fixture.Server.Database.ExecuteAsync($"UPDATE invitation SET accepted_on = '2020-01-01' WHERE pk = '{old}'");
        await fixture.WorkAsync(schedules: true);
        (await fixture.Root.GetApiAsync($"{InvitationServer.Invitations}{old}/")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await fixture.StatusAsync(recent)).ShouldBe("accepted");
    }

    [Fact]
    public async Task Others_may_neither_revoke_nor_read_the_history()
    {
        var pk = await PkAsync("private");
        var stranger = fixture.Server.Program(await fixture.Server.AddTokenAsync(await fixture.Server.AddUserAsync("ledger-stranger")));
        foreach (var (method, path) in new[] { ("POST", "revoke/"), ("POST", "resend/"), ("POST", "extend/"), ("GET", "history/"), ("POST", "send_email/") })
            (await stranger.CallAsync(method, $"{InvitationServer.Invitations}{pk}/{path}", method is "POST" ? """{"expires": "2030-01-01T00:00:00Z"}""" : null)).Status.ShouldBe(HttpStatusCode.Forbidden, path);
        (await stranger.GetApiAsync("stages/invitation/counts/")).Status.ShouldBe(HttpStatusCode.Forbidden);
        stranger.Dispose();
    }

    async Task<string> PkAsync(string name) => (await fixture.InviteAsync(new JsonObject { ["name"] = name }))["pk"]!.ToString();

    async Task<IReadOnlyList<string>> NamesAsync(string query) =>
        [.. (await fixture.Root.GetApiAsync($"{InvitationServer.Invitations}{query}")).Json["results"]!.AsArray().Select(r => r!["name"]!.ToString())];
}
