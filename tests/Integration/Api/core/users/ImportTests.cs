using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Postern.Jobs;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Core.Users;

/// <summary><c>/core/users/import/</c>.</summary>
public sealed class ImportTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;
    readonly TestServer server = fixture.Server;

    [Fact]
    public async Task Creates_users_with_groups_attributes_and_passwords_hashed_elsewhere()
    {
        using var admin = await server.SuperuserAsync();
        await server.AddGroupAsync("import-choir");
        var done = await ImportAsync(admin, "username,name,email,path,type,is_active,attributes,groups,password_hash\n"
            + "imp-ann,Ann,ann@example.org,school/north,external,no,\"{\"\"desk\"\":5}\",import-choir,pbkdf2_sha256$1000$salt$" + Convert.ToBase64String(new byte[32]) + "\n"
            + "imp-bob,,,,,,,,\n");
        done.Member("state").ShouldBe("\"finished\"");
        (done.Member("done"), done.Member("failed")).ShouldBe(("2", "0"));
        var ann = (await admin.GetApiAsync("core/users/?username=imp-ann")).Json["results"]![0]!;
        (ann["path"]!.ToString(), ann["type"]!.ToString(), ann["is_active"]!.ToString(), ann["attributes"]!.ToJsonString()).ShouldBe(("school/north", "external", "false", "{\"desk\":5}"));
        ann["groups_obj"]![0]!["name"]!.ToString().ShouldBe("import-choir");
        (await server.Database.ScalarAsync<string>("SELECT password FROM \"user\" WHERE username = 'imp-ann'"))!.ShouldStartWith("pbkdf2_sha256$1000$salt$");
        (await server.Database.ScalarAsync<long>("SELECT count(*) FROM user_batch_file")).ShouldBe(0);
        (await admin.GetApiAsync("events/events/?action=model_created&context_model_name=user")).Json["results"]!.AsArray().Count.ShouldBeGreaterThanOrEqualTo(2);
    }

    [Fact]
    public async Task A_wrong_row_is_told_with_its_line_and_nothing_is_imported()
    {
        using var admin = await server.SuperuserAsync();
        await server.AddUserAsync("imp-taken");
        const string file = "username,email,type,attributes,groups,is_active\nimp-good,,,,,\nImp-Taken,,,,,\nimp-x,nonsense,,,,\nimp-y,,robot,,,\nimp-z,,,[1],,\nimp-w,,,,nowhere,\nimp-v,,,,,maybe\nIMP-GOOD,,,,,\n";
        var done = await ImportAsync(admin, file);
        done.Member("state").ShouldBe("\"failed\"");
        done.Member("error").ShouldContain("Nothing was imported");
        done.Json["problems"]!.AsArray().Select(p => $"{p!["line"]} {p["field"]}").ShouldBe(["3 username", "4 email", "5 type", "6 attributes", "7 groups", "8 is_active", "9 username"]);
        (await CountAsync("imp-good")).ShouldBe(0);

        var kept = await ImportAsync(admin, file, "keep_going=true");
        (kept.Member("state"), kept.Member("failed")).ShouldBe(("\"finished\"", "7"));
        (await CountAsync("imp-good")).ShouldBe(1);
    }

    [Fact]
    public async Task A_dry_run_says_the_same_and_leaves_nothing()
    {
        using var admin = await server.SuperuserAsync();
        var done = await ImportAsync(admin, "username\nimp-dry\n", "dry_run=true");
        (done.Member("state"), done.Member("done"), done.Member("failed")).ShouldBe(("\"finished\"", "1", "0"));
        (await CountAsync("imp-dry")).ShouldBe(0);
        (await server.Database.ScalarAsync<long>("SELECT count(*) FROM event WHERE context::text LIKE '%imp-dry%'")).ShouldBe(0);
    }

    [Fact]
    public async Task A_cancelled_import_leaves_nothing()
    {
        using var admin = await server.SuperuserAsync();
        var id = (await SendAsync(admin, "username\nimp-never\n")).Json["pk"]!.ToString();
        (await admin.CallAsync("POST", $"core/user_batches/{id}/cancel/")).Status.ShouldBe(HttpStatusCode.NoContent);
        await WorkAsync();
        (await admin.GetApiAsync($"core/user_batches/{id}/")).Member("state").ShouldBe("\"cancelled\"");
        (await CountAsync("imp-never")).ShouldBe(0);
    }

    [Fact]
    public async Task Needs_the_right_to_add_users_and_for_passwords_to_reset_them()
    {
        using var nobody = server.Program();
        (await SendAsync(nobody, "username\nx\n")).Status.ShouldBe(HttpStatusCode.Forbidden);
        using var viewer = await server.WithRightsAsync("authentik_core.view_user");
        (await SendAsync(viewer, "username\nx\n")).Status.ShouldBe(HttpStatusCode.Forbidden);
        using var adder = await server.WithRightsAsync("authentik_core.add_user");
        (await SendAsync(adder, "username,password_hash\nx,pbkdf2_sha256$1$a$b\n")).ToString().ShouldContain("needs the right to reset them");
        (await SendAsync(adder, "username\nimp-allowed\n")).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Nobody_imports_into_groups_above_their_rights()
    {
        await server.AddGroupAsync("import-roots", superuser: true);
        using var adder = await server.WithRightsAsync("authentik_core.add_user", "authentik_core.add_user_to_group", "authentik_core.view_user");
        var done = await ImportAsync(adder, "username,groups\nimp-climber,import-roots\n");
        done.Member("state").ShouldBe("\"failed\"");
        done.Member("problems").ShouldContain("superuser group");
        (await CountAsync("imp-climber")).ShouldBe(0);
    }

    [Fact]
    public async Task Broken_files_are_refused_at_once()
    {
        using var admin = await server.SuperuserAsync();
        (await SendAsync(admin, "username,name\na,\"open\n")).ToString().ShouldBe("""400 {"file":["Line 2: a quote is opened and never closed."]}""");
        (await SendAsync(admin, "")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await SendAsync(admin, [.. "username\n"u8, 0xFF])).ToString().ShouldBe("""400 {"file":["Line 2 is not UTF-8. Save the file as \"CSV UTF-8\"."]}""");
    }

    async Task<Answer> ImportAsync(HttpClient client, string csv, string query = "")
    {
        var asked = await SendAsync(client, csv, query);
        asked.Status.ShouldBe(HttpStatusCode.Created, asked.Text);
        await WorkAsync();
        return await client.GetApiAsync($"core/user_batches/{asked.Json["pk"]}/");
    }

    static Task<Answer> SendAsync(HttpClient client, string csv, string query = "") => SendAsync(client, Encoding.UTF8.GetBytes(csv), query);

    static async Task<Answer> SendAsync(HttpClient client, byte[] csv, string query = "")
    {
        using var content = new ByteArrayContent(csv);
        content.Headers.ContentType = new("text/csv");
        using var response = await client.PostAsync(new Uri($"/api/v3/core/users/import/?{query}", UriKind.Relative), content, Cancellation);
        return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation));
    }

    async Task<long> CountAsync(string username) => await server.Database.ScalarAsync<long>($"SELECT count(*) FROM \"user\" WHERE username = '{username}'");

    async Task WorkAsync() => await server.Services.GetRequiredService<JobRunner>().RunDueAsync(Cancellation);
}
