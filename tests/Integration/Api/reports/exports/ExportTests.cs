using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Postern.Jobs;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Reports.Exports;

/// <summary><c>/core/users/export/</c>, <c>/events/events/export/</c> and <c>/reports/exports/</c>.</summary>
public sealed class ExportTests : IAsyncLifetime
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;
    readonly string folder = System.IO.Directory.CreateTempSubdirectory("postern-exports-").FullName;
    TestServer server = null!;

    public async ValueTask InitializeAsync() =>
        server = await TestServer.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["POSTERN_DATA"] = folder });

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        System.IO.Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_query_of_users_becomes_a_file_and_an_event_with_its_link()
    {
        using var admin = await server.SuperuserAsync();
        var ann = await server.AddUserAsync("ann", u => (u.Path, u.Name) = ("north", "=HYPERLINK(\"http://evil\")"));
        await server.AddUserAsync("bob", u => u.Path = "north");
        await server.AddUserAsync("cat", u => u.Path = "south");
        await server.AddGroupAsync("people", members: ann);

        var asked = await admin.PostApiAsync("core/users/export/?search=path%20%3D%20%22north%22&ordering=-username&page=3", "{}");
        asked.Status.ShouldBe(HttpStatusCode.Created, asked.Text);
        asked.Member("query_params").ShouldBe("""{"search":"path = \"north\"","ordering":"-username"}""");
        asked.Member("completed").ShouldBe("false");
        asked.Member("file_url").ShouldBe("\"\"");
        asked.Json["content_type"]!["fully_qualified_model"]!.ToString().ShouldBe("authentik_core.user");
        var id = asked.Json["id"]!.ToString();

        await WorkAsync();
        var done = await admin.GetApiAsync($"reports/exports/{id}/");
        done.Member("completed").ShouldBe("true");
        done.Member("done").ShouldBe("2");
        var rows = (await admin.GetStringAsync(done.Json["file_url"]!.ToString(), Cancellation)).Split("\r\n");
        rows[0].ShouldStartWith("pk,username,name,is_active,last_login,date_joined,is_superuser,groups,");
        rows[1].ShouldContain(",bob,");
        rows[2].ShouldContain(",ann,\"'=HYPERLINK(\"\"http://evil\"\")\",true,");
        rows[2].ShouldContain("people");
        rows.Length.ShouldBe(4);

        var told = await admin.GetApiAsync("events/events/?action=export_ready");
        told.Json["results"]![0]!["context"]!["hyperlink"]!.ToString().ShouldBe(done.Json["file_url"]!.ToString());
        told.Json["results"]![0]!["context"]!["hyperlink_label"]!.ToString().ShouldBe("Download");
        told.Json["results"]![0]!["user"]!["pk"].ShouldNotBeNull();

        await WorkAsync();
        var drawer = await admin.GetApiAsync("events/notifications/");
        drawer.Each("hyperlink").ShouldBe([$"\"{done.Json["file_url"]}\""], drawer.Text);
    }

    [Fact]
    public async Task More_rows_than_a_batch_come_out_whole_and_memory_holds_one_batch()
    {
        using var admin = await server.SuperuserAsync();
        await server.Database.ExecuteAsync("""
            INSERT INTO "user" (uuid, username, name, email, path, type, is_active, attributes, password, password_change_date, date_joined, last_updated)
            SELECT gen_random_uuid(), 'many-' || lpad(n::text, 5, '0'), '', '', 'many', 'internal', true, '{}', '!', now(), now(), now() FROM generate_series(1, 2500) n
            """);
        var id = (await admin.PostApiAsync("core/users/export/?path=many&include_groups=false", "{}")).Json["id"]!.ToString();
        await WorkAsync();
        var lines = (await admin.GetStringAsync($"/api/v3/reports/exports/{id}/download/", Cancellation)).Split("\r\n");
        lines.Skip(1).SkipLast(1).Select(l => l.Split(',')[1]).ShouldBe(Enumerable.Range(1, 2500).Select(n => $"many-{n:D5}"));
    }

    [Fact]
    public async Task Events_and_groups_can_be_exported_too()
    {
        using var admin = await server.SuperuserAsync();
        await server.AddGroupAsync("choir");
        foreach (var path in new[] { "events/events", "core/groups" })
        {
            await admin.PostApiAsync("core/groups/", $"{{\"name\":\"made for {path}\"}}");
            using var asked = await admin.PostAsync($"/api/v3/{path}/export/", new StringContent("{}", null, "application/json"), Cancellation);
            var id = System.Text.Json.Nodes.JsonNode.Parse(await asked.Content.ReadAsStringAsync(Cancellation))!["id"]!.ToString();
            asked.Headers.Location!.ToString().ShouldBe($"/api/v3/reports/exports/{id}/");
            await WorkAsync();
            (await admin.GetStringAsync($"/api/v3/reports/exports/{id}/download/", Cancellation)).ShouldContain($"made for {path}");
        }
    }

    [Theory]
    [InlineData("authentik_core.view_user")]
    [InlineData("authentik_reports.add_dataexport")]
    public async Task Asking_needs_both_rights(string only)
    {
        using var half = await server.WithRightsAsync(only);
        (await half.PostApiAsync("core/users/export/", "{}")).Status.ShouldBe(HttpStatusCode.Forbidden);
        using var nobody = server.Program();
        (await nobody.PostApiAsync("core/users/export/", "{}")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_malformed_filter_is_refused_at_once()
    {
        using var admin = await server.SuperuserAsync();
        (await admin.PostApiAsync("core/users/export/?type=robot", "{}")).ToString().ShouldBe("""400 {"type":["Select a valid choice. robot is not one of the available choices."]}""");
    }

    [Fact]
    public async Task Rights_count_when_the_file_is_made_and_only_those_rows_are_in_it()
    {
        var seen = await server.AddUserAsync("seen");
        await server.AddUserAsync("unseen");
        using var part = await server.WithRightsAsync($"authentik_core.view_user:{seen.Pk}", "authentik_reports.add_dataexport");
        var id = (await part.PostApiAsync("core/users/export/", "{}")).Json["id"]!.ToString();
        await WorkAsync();
        var file = await part.GetStringAsync($"/api/v3/reports/exports/{id}/download/", Cancellation);
        file.ShouldContain("seen@");
        file.ShouldNotContain("unseen@");

        var late = (await part.PostApiAsync("core/users/export/", "{}")).Json["id"]!.ToString();
        await server.Database.ExecuteAsync("DELETE FROM role_object_permission");
        await WorkAsync();
        var failed = await part.GetApiAsync($"reports/exports/{late}/");
        failed.Member("state").ShouldBe("\"failed\"");
        failed.Member("completed").ShouldBe("false");
        (await part.GetApiAsync($"reports/exports/{id}/download/")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Others_see_no_export_and_download_needs_sight_of_all_of_the_kind()
    {
        using var admin = await server.SuperuserAsync();
        var id = (await admin.PostApiAsync("core/users/export/", "{}")).Json["id"]!.ToString();
        await WorkAsync();
        using var other = await server.WithRightsAsync("authentik_core.view_user", "authentik_reports.add_dataexport");
        (await other.GetApiAsync("reports/exports/")).Each("id").ShouldBeEmpty();
        (await other.GetApiAsync($"reports/exports/{id}/download/")).Status.ShouldBe(HttpStatusCode.NotFound);
        using var looker = await server.WithRightsAsync("authentik_reports.view_dataexport");
        (await looker.GetApiAsync($"reports/exports/{id}/")).Status.ShouldBe(HttpStatusCode.OK);
        (await looker.GetApiAsync($"reports/exports/{id}/download/")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await looker.CallAsync("DELETE", $"reports/exports/{id}/")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Deleting_takes_the_file_along_and_stops_one_that_waits()
    {
        using var admin = await server.SuperuserAsync();
        var first = (await admin.PostApiAsync("core/users/export/", "{}")).Json["id"]!.ToString();
        await WorkAsync();
        System.IO.Directory.GetFiles(Path.Combine(folder, "exports")).Length.ShouldBe(1);
        (await admin.CallAsync("DELETE", $"reports/exports/{first}/")).Status.ShouldBe(HttpStatusCode.NoContent);
        var second = (await admin.PostApiAsync("core/users/export/", "{}")).Json["id"]!.ToString();
        (await admin.GetApiAsync($"reports/exports/{second}/download/")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await admin.CallAsync("DELETE", $"reports/exports/{second}/")).Status.ShouldBe(HttpStatusCode.NoContent);
        await WorkAsync();
        System.IO.Directory.GetFiles(Path.Combine(folder, "exports")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_fills_the_queue()
    {
        using var admin = await server.SuperuserAsync();
        var ids = new List<string>();
        for (var i = 0; i < 10; i++)
        {
            ids.Insert(0, (await admin.PostApiAsync("core/users/export/", "{}")).Member("id"));
            server.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        (await admin.GetApiAsync("reports/exports/")).Each("id").ShouldBe(ids, "newest first");
        (await admin.PostApiAsync("core/users/export/", "{}")).ToString().ShouldBe("""400 {"non_field_errors":["10 of your exports are still waiting. Wait for them or delete some."]}""");
    }

    async Task WorkAsync() => await server.Services.GetRequiredService<JobRunner>().RunDueAsync(Cancellation);
}
