using System.Net;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Notifications;

/// <summary>What people may do with what they are shown.</summary>
public sealed class NotificationTests(NotificationServer fixture) : IClassFixture<NotificationServer>
{
    TestServer Server => fixture.Server;

    async Task<(Postern.Directory.Users.User User, HttpClient Client, string Pk)> ToldAsync(string name)
    {
        var user = await Server.AddUserAsync(name);
        await fixture.MakeRuleAsync($"custom_{name}", [], [user]);
        await fixture.HappenAsync($"custom_{name}");
        return (user, await fixture.ProgramAsync(user), (await fixture.ShownAsync(user))[0]!["pk"]!.ToString());
    }

    [Fact]
    public async Task Owners_mark_theirs_as_seen_and_nothing_else_changes()
    {
        var (_, client, pk) = await ToldAsync("owner");
        var seen = await client.CallAsync("PATCH", $"events/notifications/{pk}/", """{"seen": true, "body": "rewritten", "severity": "alert"}""");
        seen.Status.ShouldBe(HttpStatusCode.OK);
        seen.Member("seen").ShouldBe("true");
        seen.Member("body").ShouldBe("\"custom_owner: by system\"");
        seen.Member("severity").ShouldBe("\"warning\"");
        (await client.GetApiAsync("events/notifications/?seen=false")).Each("pk").ShouldBeEmpty();
        (await client.CallAsync("DELETE", $"events/notifications/{pk}/")).Status.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Others_do_not_see_them()
    {
        var (_, _, pk) = await ToldAsync("private");
        var other = await fixture.ProgramAsync(await Server.AddUserAsync("curious"));
        (await other.GetApiAsync($"events/notifications/{pk}/")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await other.CallAsync("PATCH", $"events/notifications/{pk}/", """{"seen": true}""")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await other.CallAsync("DELETE", $"events/notifications/{pk}/")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await other.GetApiAsync("events/notifications/")).Each("pk").ShouldBeEmpty();
        (await Server.Program().GetApiAsync("events/notifications/")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Nobody_makes_them_by_hand()
    {
        (await fixture.Root.PostApiAsync("events/notifications/", """{"body": "made up"}""")).Status.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task A_link_that_is_no_page_is_refused()
    {
        var (_, client, pk) = await ToldAsync("linked");
        (await client.CallAsync("PATCH", $"events/notifications/{pk}/", """{"hyperlink": "javascript:alert(1)"}""")).Member("hyperlink").ShouldBe("""["Enter a valid URL."]""");
        (await client.CallAsync("PATCH", $"events/notifications/{pk}/", $$"""{"hyperlink": "https://example.org/{{new string('x', 4100)}}"}""")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task All_are_marked_at_once_and_only_ones_own()
    {
        var (user, client, _) = await ToldAsync("all");
        var (other, _, _) = await ToldAsync("untouched");
        await fixture.HappenAsync("custom_all");
        (await client.CallAsync("POST", "events/notifications/mark_all_seen/")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await Server.Database.ScalarAsync<long>($"SELECT count(*) FROM notification WHERE user_pk = {user.Pk} AND seen")).ShouldBe(2);
        (await Server.Database.ScalarAsync<long>($"SELECT count(*) FROM notification WHERE user_pk = {other.Pk} AND seen")).ShouldBe(0);
        (await Server.Program().CallAsync("POST", "events/notifications/mark_all_seen/")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Seen_ones_and_those_of_expired_events_are_forgotten()
    {
        var (user, client, pk) = await ToldAsync("forgotten");
        var (kept, _, _) = await ToldAsync("kept");
        await client.CallAsync("PATCH", $"events/notifications/{pk}/", """{"seen": true}""");
        var (lost, _, _) = await ToldAsync("lost");
        await Server.Database.ExecuteAsync("DELETE FROM event WHERE action = 'custom_lost'");
        await Server.Database.ExecuteAsync("INSERT INTO job (kind, payload, created_at, run_at, attempts, last_error) VALUES ('notifications.forget', '{}', now(), now() - interval '1 hour', 0, '')");
        await fixture.WorkAsync();
        (await fixture.ShownAsync(user)).ShouldBeEmpty();
        (await fixture.ShownAsync(lost)).ShouldBeEmpty();
        (await fixture.ShownAsync(kept)).Count.ShouldBe(1);
    }
}
