using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Postern.Jobs;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.tasks;

/// <summary>Schedules and workers over the API.</summary>
public sealed class ScheduleTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    const string Folders = "directory.folders";

    TestServer Server => fixture.Server;

    async Task<string> FoldersAsync(HttpClient client)
    {
        await Server.Services.GetRequiredService<JobRunner>().PlantSchedulesAsync(TestContext.Current.CancellationToken);
        return (await client.GetApiAsync($"tasks/schedules/?actor_name={Folders}")).Json["results"]![0]!["id"]!.ToString();
    }

    [Fact]
    public async Task Shows_what_repeats_and_when()
    {
        using var root = await Server.SuperuserAsync();
        var id = await FoldersAsync(root);
        var one = await root.GetApiAsync($"tasks/schedules/{id}/");
        (one.Member("uid"), one.Member("crontab"), one.Member("paused"), one.Member("last_task_status")).ShouldBe(($"\"{Folders}\"", "\"*/5 * * * *\"", "false", "\"done\""));
        var all = await root.GetApiAsync("tasks/schedules/?search=DIRECTORY.&page_size=2&page=2");
        all.Each("actor_name").Count.ShouldBe(2);
        (await root.GetApiAsync("tasks/schedules/?page=999")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await root.GetApiAsync($"tasks/schedules/{Guid.NewGuid()}/")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("directory.tokens", "*/5 * * * *")]
    [InlineData("directory.sessions", "*/5 * * * *")]
    [InlineData("directory.temporary", "*/5 * * * *")]
    [InlineData("notifications.forget", "0 */8 * * *")]
    public async Task What_is_over_is_swept_as_often_as_clients_know(string schedule, string crontab)
    {
        using var root = await Server.SuperuserAsync();
        await FoldersAsync(root);
        (await root.GetApiAsync($"tasks/schedules/?actor_name={schedule}")).Each("crontab").ShouldBe([$"\"{crontab}\""]);
    }

    [Fact]
    public async Task A_paused_one_does_not_run_until_it_is_resumed()
    {
        using var root = await Server.SuperuserAsync();
        var id = await FoldersAsync(root);
        (await root.CallAsync("PATCH", $"tasks/schedules/{id}/", """{"paused": true}""")).Member("paused").ShouldBe("true");
        (await root.GetApiAsync("tasks/schedules/?paused=true")).Each("uid").ShouldHaveSingleItem();
        (await root.CallAsync("POST", $"tasks/schedules/{id}/send/")).ToString().ShouldBe("""400 {"non_field_errors":["This schedule is paused. Resume it first."]}""");
        await Server.Database.ExecuteAsync($"UPDATE job SET run_at = now() - interval '1 day' WHERE kind = '{Folders}'");
        await Server.Services.GetRequiredService<JobRunner>().RunDueAsync(TestContext.Current.CancellationToken);
        (await IsDueAsync()).ShouldBeTrue();

        (await root.CallAsync("PUT", $"tasks/schedules/{id}/", """{"crontab": "*/5 * * * *"}""")).Member("paused").ShouldBe("false");
        await Server.Services.GetRequiredService<JobRunner>().RunDueAsync(TestContext.Current.CancellationToken);
        (await IsDueAsync()).ShouldBeFalse();
        (await Server.Database.ScalarAsync<long>("SELECT count(*) FROM event WHERE app = 'authentik_tasks_schedules' AND action = 'model_updated'")).ShouldBe(2);
    }

    Task<bool> IsDueAsync() => Server.Database.ScalarAsync<bool>($"SELECT run_at <= now() FROM job WHERE kind = '{Folders}'");

    [Fact]
    public async Task Runs_now_where_asked()
    {
        using var root = await Server.SuperuserAsync();
        var id = await FoldersAsync(root);
        await Server.Database.ExecuteAsync($"UPDATE job SET run_at = now() + interval '1 day' WHERE kind = '{Folders}'");
        (await root.CallAsync("POST", $"tasks/schedules/{id}/send/")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await Server.Database.ScalarAsync<bool>($"SELECT run_at <= now() + interval '1 minute' FROM job WHERE kind = '{Folders}'")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("PATCH", """{"crontab": "0 0 * * *"}""", "crontab")]
    [InlineData("PATCH", """{"paused": "yes"}""", "paused")]
    [InlineData("PUT", """{"paused": true}""", "crontab")]
    [InlineData("PUT", "[]", "crontab")]
    public async Task Refuses_what_it_cannot_do(string method, string body, string field)
    {
        using var root = await Server.SuperuserAsync();
        var answer = await root.CallAsync(method, $"tasks/schedules/{await FoldersAsync(root)}/", body);
        (answer.Status, answer.Text).ShouldSatisfyAllConditions(a => a.Status.ShouldBe(HttpStatusCode.BadRequest), a => a.Text.ShouldContain($"\"{field}\""));
    }

    [Fact]
    public async Task Looking_changing_and_running_are_rights_of_their_own()
    {
        using var root = await Server.SuperuserAsync();
        var id = await FoldersAsync(root);
        using var viewer = await Server.WithRightsAsync("authentik_tasks_schedules.view_schedule");
        (await viewer.GetApiAsync("tasks/schedules/")).Status.ShouldBe(HttpStatusCode.OK);
        (await viewer.CallAsync("PATCH", $"tasks/schedules/{id}/", """{"paused": true}""")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await viewer.CallAsync("POST", $"tasks/schedules/{id}/send/")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await viewer.GetApiAsync("tasks/workers/")).Status.ShouldBe(HttpStatusCode.Forbidden);
        using var nobody = Server.Program();
        (await nobody.GetApiAsync("tasks/schedules/")).Status.ShouldBe(HttpStatusCode.Forbidden);
        using var sender = await Server.WithRightsAsync("authentik_tasks_schedules.view_schedule", "authentik_tasks_schedules.send_schedule");
        (await sender.CallAsync("POST", $"tasks/schedules/{id}/send/")).Status.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Workers_are_those_that_are_connected()
    {
        using var root = await Server.SuperuserAsync();
        await using (var connection = new Npgsql.NpgsqlConnection(Server.Database.ConnectionString + ";Pooling=false"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var name = new Npgsql.NpgsqlCommand("SET application_name = 'postern worker 9.9.9 node-b:17'", connection);
            await name.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            (await root.GetApiAsync("tasks/workers/")).Text.ShouldContain("""{"worker_id":"node-b:17","version":"9.9.9","version_matching":false}""");
        }
    }
}
