using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Postern.Blueprints.Importing;
using Postern.Blueprints.Reading;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Enterprise;

/// <summary>An installation six weeks after its licence ended: what it still writes and what it refuses, for every address there is.</summary>
[Trait("Fault", "F29")]
public sealed class ReadOnlyTests : IAsyncLifetime
{
    LicenseServer server = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        server = await LicenseServer.StartAsync();
        (await server.InstallAsync(server.Key(days: 10))).StatusCode.ShouldBe(HttpStatusCode.Created);
        server.Server.Clock.Advance(TimeSpan.FromDays(10 + 43));
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Every_address_that_writes_is_refused_unless_it_is_named()
    {
        (await server.SummaryAsync())["status"]!.ToString().ShouldBe("read_only");
        var doors = ReadOnlyTable.Doors(server.Server).Where(d => d.Address.StartsWith("/api/v3/", StringComparison.Ordinal)).ToList();
        doors.Count.ShouldBeGreaterThan(100);
        foreach (var (method, address) in doors)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), address) { Content = JsonContent.Create(new { }) };
            using var answer = await server.Admin.SendAsync(request, Cancellation);
            var text = await answer.Content.ReadAsStringAsync(Cancellation);
            text.Contains("denied_license", StringComparison.Ordinal).ShouldBe(!ReadOnlyTable.StaysOpen(method, address), $"{method} {address}: {(int)answer.StatusCode} {text}");
        }
    }

    [Fact]
    public async Task The_refusal_is_the_documented_one()
    {
        using var answer = await server.Admin.PatchAsJsonAsync("/api/v3/flows/instances/default-authentication-flow/", new { title = "New" }, Cancellation);
        (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation))
            .ShouldBe((HttpStatusCode.BadRequest, """{"detail":"Request denied due to expired/invalid license.","code":"denied_license"}"""));
        (await server.Admin.GetAsync("/api/v3/flows/instances/default-authentication-flow/", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task People_sign_in_and_users_are_changed_and_deleted()
    {
        var ann = await server.Server.AddUserAsync("ann");
        (await server.Admin.PatchAsJsonAsync($"/api/v3/core/users/{ann.Pk}/", new { name = "Ann B." }, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var browser = server.Server.Browser();
        var challenge = await browser.PostAsJsonAsync("/api/v3/flows/executor/default-authentication-flow/?query=", new { uid_field = "ann" }, Cancellation);
        challenge.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await server.Admin.DeleteAsync($"/api/v3/core/users/{ann.Pk}/", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await server.Admin.PostAsJsonAsync("/api/v3/core/users/", new { username = "new", name = "New" }, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Blueprints_write_nothing_but_what_puts_it_right()
    {
        var group = await ApplyAsync("- {model: authentik_core.group, identifiers: {name: refused}, attrs: {}}");
        group.IsSuccess.ShouldBeFalse();
        group.Entries.ShouldHaveSingleItem().Problems.ShouldHaveSingleItem().Message.ShouldBe("Request denied due to expired/invalid license.");
        (await ApplyAsync("- {model: authentik_core.user, identifiers: {username: new}, attrs: {name: New}}")).IsSuccess.ShouldBeFalse();
        (await ApplyAsync("- {model: authentik_flows.flow, state: absent, identifiers: {slug: default-authentication-flow}}")).IsSuccess.ShouldBeFalse();

        await server.Server.AddUserAsync("ann");
        (await ApplyAsync("- {model: authentik_core.user, identifiers: {username: ann}, attrs: {name: Ann B.}}")).IsSuccess.ShouldBeTrue();
        (await ApplyAsync("- {model: authentik_core.user, state: absent, identifiers: {username: ann}}")).IsSuccess.ShouldBeTrue();
        (await ApplyAsync($"- {{model: authentik_enterprise.license, identifiers: {{key: {server.Key()}}}, attrs: {{}}}}")).IsSuccess.ShouldBeTrue();
        (await ApplyAsync("- {model: authentik_core.group, identifiers: {name: again}, attrs: {}}")).IsSuccess.ShouldBeTrue();
    }

    [Fact]
    public async Task An_import_that_was_asked_for_before_adds_nobody()
    {
        (await server.InstallAsync(server.Key(days: 10))).EnsureSuccessStatusCode();
        using var form = new MultipartFormDataContent { { new ByteArrayContent("username,name\nimported,Imported\n"u8.ToArray()), "file", "users.csv" } };
        var asked = await server.Admin.PostAsync("/api/v3/core/users/import/", form, Cancellation);
        asked.StatusCode.ShouldBe(HttpStatusCode.Created, await asked.Content.ReadAsStringAsync(Cancellation));
        server.Server.Clock.Advance(TimeSpan.FromDays(10 + 43));
        await server.SummaryAsync();

        await server.Server.Services.GetRequiredService<Postern.Jobs.JobRunner>().RunDueAsync(Cancellation);

        (await server.Server.Database.ScalarAsync<long>("SELECT count(*) FROM \"user\" WHERE username = 'imported'")).ShouldBe(0);
        (await server.Server.Database.ScalarAsync<string>("SELECT error FROM user_batch")).ShouldNotBeNull().ShouldContain("Request denied due to expired/invalid license.");
    }

    [Fact]
    public async Task A_list_of_people_that_was_taken_before_invites_nobody()
    {
        (await server.InstallAsync(server.Key(days: 10))).EnsureSuccessStatusCode();
        (await server.Admin.PostAsJsonAsync("/api/v3/stages/invitation/invitations/bulk/", new { paste = "late@example.com" }, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Created);
        server.Server.Clock.Advance(TimeSpan.FromDays(10 + 43));
        await server.SummaryAsync();

        await server.Server.Services.GetRequiredService<Postern.Jobs.JobRunner>().RunDueAsync(Cancellation);

        (await server.Server.Database.ScalarAsync<long>("SELECT count(*) FROM invitation")).ShouldBe(0);
        (await server.Server.Database.ScalarAsync<string>("SELECT error FROM invitation_batch")).ShouldBe("Request denied due to expired/invalid license.");
    }

    [Fact]
    public async Task A_license_that_holds_costs_no_statement()
    {
        (await server.InstallAsync(server.Key())).StatusCode.ShouldBe(HttpStatusCode.Created);
        using var browser = server.Server.Browser();
        const string body = "grant_type=client_credentials";
        async Task KnockAsync()
        {
            using var form = new StringContent(body, System.Text.Encoding.UTF8, "application/x-www-form-urlencoded");
            (await browser.PostAsync("/api/v3/none/", form, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        await KnockAsync();
        using var count = new Postern.Tests.Support.Databases.StatementCount(server.Server.Database);
        await KnockAsync();
        count.Value.ShouldBe(0);
    }

    async Task<ImportReport> ApplyAsync(string entry)
    {
        var read = BlueprintReader.Read($"version: 1\nmetadata: {{name: test}}\nentries:\n{entry}\n").Blueprint!;
        return await server.Server.InScopeAsync(s => s.GetRequiredService<ImportBlueprint>().ExecuteAsync(new ImportRequest(read, Kernel.Access.Caller.System), Cancellation));
    }

    [Fact]
    public async Task A_renewed_license_ends_it_at_once()
    {
        (await server.InstallAsync(server.Key())).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await server.Admin.PostAsJsonAsync("/api/v3/core/groups/", new { name = "again" }, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await server.SummaryAsync())["status"]!.ToString().ShouldBe("valid");
    }

    [Fact]
    public async Task A_deleted_license_ends_it_too()
    {
        var license = (await server.Admin.GetFromJsonAsync<JsonObject>(LicenseServer.Licenses, Cancellation))!["results"]![0]!["license_uuid"]!.ToString();
        (await server.Admin.DeleteAsync($"{LicenseServer.Licenses}{license}/", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await server.SummaryAsync())["status"]!.ToString().ShouldBe("unlicensed");
    }
}
