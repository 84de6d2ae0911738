using System.Net;
using Postern.Tests.Integration.Authenticators;
using Postern.Tests.Integration.Flows;
using Postern.Tests.Support;
using static Postern.Tests.Integration.Faults.Persistent;

namespace Postern.Tests.Integration.Faults;

/// <summary>One of two nodes is killed while people are on their way through flows; they go on at the other with the cookies they have.</summary>
[Trait("Fault", "F2")]
public sealed class NodeKillTests
{
    const int Half = 40;

    [Fact]
    public async Task Runs_go_on_at_the_other_node_and_nothing_is_done_twice()
    {
        await using var place = await Installation.CreateAsync();
        var (first, here) = await place.StartNodeAsync();
        var (_, there) = await place.StartNodeAsync();
        using var admin = Installation.Admin(here);
        await Installation.AddPeopleAsync(admin, "person", Half);
        var invitations = await Installation.InviteAsync(admin, Half);
        var cookies = Enumerable.Range(0, 2 * Half).Select(_ => new CookieContainer()).ToList();
        await Parallel.ForEachAsync(Enumerable.Range(0, Half), TestContext.Current.CancellationToken, async (i, _) =>
        {
            using var person = new Visitor(here, cookies[i]);
            await person.ShowAsync(MfaServer.SignIn);
            (await person.AnswerAsync(MfaServer.SignIn, new() { ["uid_field"] = $"person{i}" })).Component().ShouldBe("ak-stage-password");
            using var guest = new Visitor(here, cookies[Half + i]);
            await guest.ShowAsync(EnrolmentSteps.Slug, $"itoken={invitations[i]}");
            (await guest.AnswerAsync(EnrolmentSteps.Slug, Credentials($"guest{i}"), $"itoken={invitations[i]}")).Component().ShouldBe("ak-stage-prompt");
        });

        // All send their last answer; a quarter hears of it.
        var told = 0;
        async Task<bool> LastAsync(int i)
        {
            using var visitor = new Visitor(here, cookies[i]);
            var end = i < Half
                ? await TryAsync(() => visitor.AnswerAsync(MfaServer.SignIn, new() { ["password"] = MfaServer.Password }))
                : await TryAsync(() => visitor.AnswerAsync(EnrolmentSteps.Slug, Details($"guest{i - Half}"), $"itoken={invitations[i - Half]}"));
            if (end?.Component() != Done)
                return false;
            if (Interlocked.Increment(ref told) == Half / 2)
                await first.KillAsync();
            return true;
        }
        var ends = await Task.WhenAll(Enumerable.Range(0, 2 * Half).Select(LastAsync));

        var (acknowledged, lost, continued) = (0, 0, 0);
        for (var i = 0; i < 2 * Half; i++)
        {
            var name = i < Half ? $"person{i}" : $"guest{i - Half}";
            using var visitor = new Visitor(there, cookies[i]);
            if (ends[i])
            {
                acknowledged++;
                lost += await visitor.WhoAsync() == name ? 0 : 1;
                continue;
            }
            // Done with the answer lost, or still where they were.
            if (await place.AskAsync<long>($"SELECT count(*) FROM event WHERE action = 'login' AND \"user\"->>'username' = '{name}'") > 0)
                continue;
            continued++;
            var (flow, query) = i < Half ? (MfaServer.SignIn, "") : (EnrolmentSteps.Slug, $"itoken={invitations[i - Half]}");
            (await visitor.ShowAsync(flow, query)).Component().ShouldBe(i < Half ? "ak-stage-password" : "ak-stage-prompt", name);
            (await visitor.AnswerAsync(flow, i < Half ? new() { ["password"] = MfaServer.Password } : Details(name), query)).Component().ShouldBe(Done, name);
            (await visitor.WhoAsync()).ShouldBe(name);
        }
        var (halfMade, usedTwice) = (await place.AskAsync<long>(Census.HalfMade), await place.AskAsync<long>(Census.UsedTwice));
        Figures.Tell("F2", $"one of two nodes was killed under {2 * Half} people in the middle of a flow; {acknowledged} were told that they are in before, {continued} went on at the other node", acknowledged, lost, halfMade, usedTwice);
        (lost, halfMade, usedTwice).ShouldBe((0, 0, 0));
        (await place.AskAsync<long>(Census.Guests)).ShouldBe(Half);
        (await place.AskAsync<long>("SELECT count(*) FROM (SELECT FROM event WHERE action = 'login' GROUP BY \"user\"->>'username' HAVING count(*) > 1) twice")).ShouldBe(0);
        continued.ShouldBeGreaterThan(0);
    }
}
