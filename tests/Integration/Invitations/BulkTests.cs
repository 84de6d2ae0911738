using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Postern.Invitations.Bulk;
using Postern.Invitations.Mailing;
using Postern.Jobs;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Invitations;

/// <summary>Many invitations from one list.</summary>
public sealed class BulkTests(InvitationServer fixture) : IClassFixture<InvitationServer>
{
    const string Bulk = "stages/invitation/invitations/bulk/";

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_row_gets_an_invitation_of_its_own_with_what_all_have_in_common()
    {
        await fixture.Server.AddGroupAsync("bulk-choir");
        var batch = await RunAsync(new JsonObject
        {
            ["csv"] = "email;name;invitation;groups;message;attributes\nada@example.com;Ada Lovelace;;bulk-choir;;\nbob@example.com;;bob-special;;Hello Bob;\"{\"\"desk\"\": 5}\"\n",
            ["template"] = new JsonObject { ["flow"] = fixture.Flow, ["message"] = "Hello all", ["user_path"] = "users/bulk", ["send_at"] = Now() },
        });
        (Text(batch, "state"), Text(batch, "done"), Text(batch, "failed")).ShouldBe(("finished", "2", "0"));

        var made = (await fixture.Root.GetApiAsync($"{InvitationServer.Invitations}?batch={batch["pk"]}&ordering=name")).Json["results"]!.AsArray();
        made.Select(m => m!["name"]!.ToString()).ShouldBe([$"ada-lovelace-{fixture.Server.Clock.GetUtcNow():yyyy-MM}", "bob-special"]);
        made.ShouldAllBe(m => m!["single_use"]!.GetValue<bool>() && m["user_path"]!.ToString() == "users/bulk");
        made[0]!["groups_obj"]![0]!["name"]!.ToString().ShouldBe("bulk-choir");
        (made[0]!["message"]!.ToString(), made[1]!["message"]!.ToString()).ShouldBe(("Hello all", "Hello Bob"));
        made[0]!["fixed_data"]!["name"]!.ToString().ShouldBe("Ada Lovelace");
        made[1]!["user_attributes"]!["desk"]!.GetValue<int>().ShouldBe(5);
        fixture.Mail.Mails.Count(m => m.To.Contains("ada@example.com", StringComparer.Ordinal) || m.To.Contains("bob@example.com", StringComparer.Ordinal)).ShouldBe(2);

        using var response = await fixture.Root.GetAsync($"/api/v3/stages/invitation/batches/{batch["pk"]}/result/", Cancellation);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        var lines = (await response.Content.ReadAsStringAsync(Cancellation)).Split("\r\n");
        lines[0].ShouldBe("line,email,name,invitation,status,link,error");
        lines[1].ShouldStartWith("2,ada@example.com,Ada Lovelace,ada-lovelace-");
        lines[1].ShouldContain($",sent,https://id.example.org/if/flow/{Flows.EnrolmentSteps.Slug}/?itoken={made[0]!["pk"]},");
    }

    [Fact]
    public async Task Wrong_rows_are_told_with_their_line_and_nothing_is_made()
    {
        var body = new JsonObject
        {
            ["csv"] = "email,groups,user_type,attributes\ngood@bulk.example,,,\nnonsense,,,\nx@bulk.example,nowhere,,\ny@bulk.example,,robot,\nz@bulk.example,,,[1]\n",
            ["template"] = new JsonObject { ["flow"] = fixture.Flow },
        };
        var batch = await RunAsync(body);
        (Text(batch, "state"), Text(batch, "done"), Text(batch, "failed")).ShouldBe(("failed", "0", "4"));
        batch["problems"]!.AsArray().Select(p => $"{p!["line"]} {p["email"]}").ShouldBe(["3 nonsense", "4 x@bulk.example", "5 y@bulk.example", "6 z@bulk.example"]);
        (await CountAsync("bulk.example")).ShouldBe(0);

        body["keep_going"] = true;
        var kept = await RunAsync(body);
        (Text(kept, "state"), Text(kept, "done"), Text(kept, "failed")).ShouldBe(("finished", "5", "4"));
        (await CountAsync("bulk.example")).ShouldBe(1);
    }

    [Fact]
    public async Task A_dry_run_says_what_would_be_and_leaves_nothing()
    {
        var batch = await RunAsync(new JsonObject { ["paste"] = "Dry Ada <dry-ada@example.com>\nnot an address", ["template"] = new JsonObject { ["flow"] = fixture.Flow, ["send_at"] = Now() }, ["dry_run"] = true });
        (Text(batch, "state"), Text(batch, "checked"), Text(batch, "failed")).ShouldBe(("finished", "2", "1"));
        (await CountAsync("dry-ada")).ShouldBe(0);
        (await fixture.Server.Database.ScalarAsync<long>("SELECT count(*) FROM mail WHERE 'dry-ada@example.com' = ANY(recipients)")).ShouldBe(0);
    }

    [Fact]
    public async Task The_same_key_twice_invites_once()
    {
        var body = new JsonObject { ["rows"] = new JsonArray(new JsonObject { ["email"] = "once@example.com" }), ["template"] = new JsonObject { ["flow"] = fixture.Flow }, ["idempotency_key"] = "k1" }.ToJsonString();
        var asked = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => fixture.Root.PostApiAsync(Bulk, body)));
        asked.Select(a => a.Member("pk")).Distinct().Count().ShouldBe(1);
        await fixture.WorkAsync();
        (await CountAsync("once@example.com")).ShouldBe(1);
    }

    [Fact]
    public async Task Nobody_gives_in_bulk_what_they_may_not_give_alone()
    {
        var group = await fixture.Server.AddGroupAsync("bulk-guarded");
        using var clerk = await fixture.Server.WithRightsAsync("authentik_stages_invitation.add_invitation", "authentik_stages_invitation.view_invitation", "authentik_flows.view_flow", "authentik_core.view_group");
        var asked = await clerk.PostApiAsync(Bulk, new JsonObject { ["paste"] = "guarded@example.com", ["template"] = new JsonObject { ["flow"] = fixture.Flow, ["groups"] = new JsonArray(group.ToString()) } }.ToJsonString());
        asked.Status.ShouldBe(HttpStatusCode.Created);
        await fixture.WorkAsync();
        (await clerk.GetApiAsync($"stages/invitation/batches/{asked.Json["pk"]}/")).Json["problems"]![0]!["message"]!.ToString().ShouldContain("permission");
        (await CountAsync("guarded@example.com")).ShouldBe(0);

        using var stranger = fixture.Server.Program(await fixture.Server.AddTokenAsync(await fixture.Server.AddUserAsync("bulk-stranger")));
        (await stranger.PostApiAsync(Bulk, """{"paste": "a@example.com"}""")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await stranger.GetApiAsync($"stages/invitation/batches/{asked.Json["pk"]}/result/")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await stranger.PostApiAsync($"stages/invitation/batches/{asked.Json["pk"]}/cancel/", "{}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("""{"rows": []}""", "rows")]
    [InlineData("""{"rows": 5}""", "rows")]
    [InlineData("""{"csv": "mail\na@example.com\n"}""", "file")]
    [InlineData("""{"csv": "email,name\na@example.com\n"}""", "file")]
    [InlineData("""{"paste": "a@example.com", "template": {"colour": "red"}}""", "template")]
    public async Task A_request_that_cannot_be_read_is_refused_at_once(string body, string field)
    {
        var answer = await fixture.Root.PostApiAsync(Bulk, body);
        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Json[field].ShouldNotBeNull(answer.ToString());
    }

    [Fact]
    public async Task Cancelled_before_its_turn_it_makes_none()
    {
        var asked = await fixture.Root.PostApiAsync(Bulk, new JsonObject { ["paste"] = "cancelled@example.com", ["template"] = new JsonObject { ["flow"] = fixture.Flow }, ["keep_going"] = true }.ToJsonString());
        (await fixture.Root.PostApiAsync($"stages/invitation/batches/{asked.Json["pk"]}/cancel/", "{}")).Status.ShouldBe(HttpStatusCode.NoContent);
        await fixture.WorkAsync();
        (await fixture.Root.GetApiAsync($"stages/invitation/batches/{asked.Json["pk"]}/")).Member("state").ShouldBe("\"cancelled\"");
        (await CountAsync("cancelled@example.com")).ShouldBe(0);
    }

    [Trait("Fault", "F3")]
    [Fact]
    public async Task A_worker_that_dies_on_the_way_makes_none_twice_and_mails_each_once()
    {
        var csv = new StringBuilder("email,name\n");
        for (var i = 0; i < 450; i++)
            csv.Append(System.Globalization.CultureInfo.InvariantCulture, $"killed{i}@example.com,Killed {i}\n");
        var asked = await fixture.Root.PostApiAsync(Bulk, new JsonObject { ["csv"] = csv.ToString(), ["template"] = new JsonObject { ["flow"] = fixture.Flow, ["send_at"] = Now() }, ["keep_going"] = true }.ToJsonString());
        var batch = asked.Json["pk"]!.ToString();
        var deaths = 0;
        for (var kill = 1; kill <= 2; kill++)
            deaths += await DiesAsync<RunBulk>(new JsonObject { ["batch"] = Guid.Parse(batch) }, $"SELECT done::bigint FROM invitation_batch WHERE pk = '{batch}'", 100 * kill);
        for (var kill = 1; kill <= 2; kill++)
            deaths += await DiesAsync<MailDue>([], "SELECT count(*) FROM invitation WHERE recipient LIKE 'killed%' AND queued_on IS NOT NULL", 100 * kill);
        deaths.ShouldBeGreaterThan(0);
        await fixture.WorkAsync(schedules: true);

        (await CountAsync("killed")).ShouldBe(450);
        fixture.Mail.Mails.SelectMany(m => m.To).Where(t => t.StartsWith("killed", StringComparison.Ordinal)).GroupBy(t => t, StringComparer.Ordinal).Count(g => g.Count() == 1).ShouldBe(450);
        var done = (await fixture.Root.GetApiAsync($"stages/invitation/batches/{batch}/")).Json;
        (Text(done, "state"), Text(done, "done"), Text(done, "failed")).ShouldBe(("finished", "450", "0"));
    }

    /// <summary>Runs a job and kills it once so much is done; answers whether it died of that.</summary>
    async Task<int> DiesAsync<T>(JsonObject payload, string sql, long enough)
        where T : IJobHandler
    {
        await using var scope = fixture.Server.Services.CreateAsyncScope();
        using var death = new CancellationTokenSource();
        var run = ActivatorUtilities.GetServiceOrCreateInstance<T>(scope.ServiceProvider).ExecuteAsync(payload, death.Token);
        while (!run.IsCompleted && await fixture.Server.Database.ScalarAsync<long>(sql) < enough)
            await Task.Yield();
        await death.CancelAsync();
        try
        {
            await run;
            return 0;
        }
        catch (OperationCanceledException)
        {
            return 1;
        }
    }

    string Now() => fixture.Server.Clock.GetUtcNow().ToString("O", System.Globalization.CultureInfo.InvariantCulture);

    async Task<JsonNode> RunAsync(JsonObject body)
    {
        var asked = await fixture.Root.PostApiAsync(Bulk, body.ToJsonString());
        asked.Status.ShouldBe(HttpStatusCode.Created, asked.ToString());
        await fixture.WorkAsync();
        return (await fixture.Root.GetApiAsync($"stages/invitation/batches/{asked.Json["pk"]}/")).Json;
    }

    async Task<int> CountAsync(string search) =>
        (await fixture.Root.GetApiAsync($"{InvitationServer.Invitations}?status=all&search={search}")).Json["pagination"]!["count"]!.GetValue<int>();

    static string Text(JsonNode json, string name) => json[name]!.ToString();
}
