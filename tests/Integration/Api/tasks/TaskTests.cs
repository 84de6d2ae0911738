using System.Net;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.tasks;

/// <summary>Background jobs over the API: who sees them, how they stand, trying again.</summary>
public sealed class TaskTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    TestServer Server => fixture.Server;

    async Task<string> AddAsync(string kind, string rest)
    {
        await Server.Database.ExecuteAsync($$"""
            INSERT INTO job (kind, payload, created_at, run_at, attempts, last_error, failed_at, claimed_until)
            VALUES ('{{kind}}', '{"token": "a secret that nobody reads"}', now(), now(), {{rest}})
            """);
        var id = await Server.Database.ScalarAsync<long>($"SELECT max(id) FROM job WHERE kind = '{kind}'");
        return $"00000000-0000-0000-0000-{id:x12}";
    }

    [Fact]
    public async Task Shows_how_each_job_stands_and_nothing_of_what_it_was_given()
    {
        var root = await Server.SuperuserAsync();
        var failed = await AddAsync("test.failed", "12, 'the other side is gone', now(), NULL");
        await AddAsync("test.retrying", "3, 'not now', NULL, NULL");
        await AddAsync("test.running", "1, '', NULL, now() + interval '1 hour'");
        await AddAsync("test.waiting", "0, '', NULL, NULL");
        foreach (var (kind, state, status) in new[] { ("failed", "rejected", "error"), ("retrying", "queued", "warning"), ("running", "running", "running"), ("waiting", "queued", "queued") })
        {
            var list = await root.GetApiAsync($"tasks/tasks/?actor_name=test.{kind}&aggregated_status={status}");
            (list.Each("state")[0], list.Each("aggregated_status")[0]).ShouldBe(($"\"{state}\"", $"\"{status}\""));
            list.Text.ShouldNotContain("a secret");
        }
        var one = await root.GetApiAsync($"tasks/tasks/{failed}/");
        one.Member("retries").ShouldBe("11");
        one.Json["logs"]![0]!["event"]!.ToString().ShouldBe("the other side is gone");
        (await root.GetApiAsync($"tasks/tasks/{Guid.NewGuid()}/")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await root.GetApiAsync("tasks/tasks/?page=2147483647")).Each("uid").ShouldBeEmpty();
        (await root.GetApiAsync("tasks/tasks/status/")).Json["error"]!.GetValue<int>().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Retries_what_failed_and_nothing_else()
    {
        var root = await Server.SuperuserAsync();
        var failed = await AddAsync("test.again", "12, 'gone', now(), NULL");
        (await root.CallAsync("POST", $"tasks/tasks/{failed}/retry/")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await Server.Database.ScalarAsync<bool>("SELECT failed_at IS NULL AND attempts = 0 FROM job WHERE kind = 'test.again'")).ShouldBeTrue();
        var running = await AddAsync("test.busy", "1, 'before', NULL, now() + interval '1 hour'");
        var waiting = await AddAsync("test.idle", "0, '', NULL, NULL");
        foreach (var job in new[] { running, waiting })
        {
            var refused = await root.CallAsync("POST", $"tasks/tasks/{job}/retry/");
            refused.Status.ShouldBe(HttpStatusCode.BadRequest);
            refused.Text.ShouldContain("Task is not in a retryable state");
        }
        (await root.CallAsync("POST", $"tasks/tasks/{Guid.NewGuid()}/retry/")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Is_for_those_with_the_rights()
    {
        var job = await AddAsync("test.closed", "12, 'gone', now(), NULL");
        foreach (var client in new[] { Server.Program(), await Server.WithRightsAsync("authentik_events.view_event") })
        {
            (await client.GetApiAsync("tasks/tasks/")).Status.ShouldBe(HttpStatusCode.Forbidden);
            (await client.GetApiAsync("tasks/tasks/status/")).Status.ShouldBe(HttpStatusCode.Forbidden);
            (await client.GetApiAsync($"tasks/tasks/{job}/")).Status.ShouldBe(HttpStatusCode.Forbidden);
            (await client.CallAsync("POST", $"tasks/tasks/{job}/retry/")).Status.ShouldBe(HttpStatusCode.Forbidden);
        }
    }
}
