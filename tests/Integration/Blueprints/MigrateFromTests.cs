using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Postern.Blueprints;
using Postern.Blueprints.Importing;
using Postern.Blueprints.Migrating;
using Postern.Blueprints.Reading;
using Postern.Kernel.Access;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Blueprints;

/// <summary>One installation is read over its API and made anew in another.</summary>
[Trait("Guide", "migrating")]
public sealed class MigrateFromTests : IAsyncLifetime
{
    TestServer source = null!, target = null!;
    HttpClient there = null!, here = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        (source, target) = (await TestServer.StartAsync(), await TestServer.StartAsync());
        (there, here) = (await source.SuperuserAsync(), await target.SuperuserAsync());
    }

    public async ValueTask DisposeAsync()
    {
        there.Dispose();
        here.Dispose();
        await source.DisposeAsync();
        await target.DisposeAsync();
    }

    [Fact]
    public async Task People_flows_and_applications_come_over_and_a_second_time_changes_nothing()
    {
        await FurnishAsync();
        var migration = await ReadAsync();

        (await ImportAsync(migration.Blueprint, dryRun: true)).IsSuccess.ShouldBeTrue();
        (await here.GetApiAsync("core/groups/?name=crew")).Each("name").ShouldBeEmpty();
        var report = await ImportAsync(migration.Blueprint, dryRun: false);
        report.IsSuccess.ShouldBeTrue(string.Join('\n', report.Problems()));

        var ann = (await here.GetApiAsync("core/users/?username=ann")).Json["results"]!.AsArray().ShouldHaveSingleItem()!;
        (ann["email"]!.ToString(), ann["attributes"]!.ToJsonString()).ShouldBe(("ann@example.org", """{"ship":"Argo"}"""));
        ann["groups_obj"]!.AsArray().ShouldHaveSingleItem()!["name"]!.ToString().ShouldBe("crew");
        var provider = (await here.GetApiAsync("providers/oauth2/?name=log")).Json["results"]!.AsArray().ShouldHaveSingleItem()!;
        (provider["client_id"]!.ToString(), provider["client_secret"]!.ToString()).ShouldBe(("log-client", "log-secret-log-secret"));
        (await here.GetApiAsync("core/applications/log/")).Json["provider"]!.ToJsonString().ShouldBe(provider["pk"]!.ToJsonString());
        var flow = (await here.GetApiAsync("flows/instances/boarding/")).Json["pk"]!.ToString();
        (await here.GetApiAsync($"flows/bindings/?target={flow}")).Json["results"]!.AsArray().ShouldHaveSingleItem()!["stage_obj"]!["name"]!.ToString().ShouldBe("no boarding");
        var role = (await here.GetApiAsync("rbac/roles/?name=watch")).Json["results"]!.AsArray().ShouldHaveSingleItem()!["pk"]!.ToString();
        (await here.GetApiAsync($"rbac/permissions/?role={role}")).Each("codename").ShouldBe(["\"view_user\""]);

        var again = await ImportAsync((await ReadAsync()).Blueprint, dryRun: false);
        again.Entries.Where(e => e.Action is not EntryAction.Unchanged).Select(e => $"{e.Action} {e.Model} {e.Changes.ToJsonString()}").ShouldBeEmpty();
    }

    [Fact]
    public async Task What_stays_behind_is_named()
    {
        await FurnishAsync();
        var migration = await ReadAsync();
        migration.Report.Lines.ShouldContain(l => l.StartsWith("Users: ", StringComparison.Ordinal));
        migration.Report.Lines.ShouldContain(l => l.StartsWith("Certificate-Key Pair “authentik Self-signed Certificate” was left out", StringComparison.Ordinal));
        migration.Blueprint.ShouldContain("!Find [authentik_crypto.certificatekeypair, [name, authentik Self-signed Certificate]]");
        migration.Settings["pagination_max_page_size"].ShouldNotBeNull();
    }

    [Fact]
    public async Task A_token_that_is_refused_ends_it()
    {
        using var stranger = source.Program("wrong");
        (await Should.ThrowAsync<HttpRequestException>(() => Services(target).GetRequiredService<MigrateFrom>().ExecuteAsync(stranger, Cancellation))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    async Task FurnishAsync()
    {
        var group = await MakeAsync("core/groups/", new() { ["name"] = "crew" });
        await MakeAsync("core/users/", new() { ["username"] = "ann", ["name"] = "Ann", ["email"] = "ann@example.org", ["attributes"] = new JsonObject { ["ship"] = "Argo" }, ["groups"] = new JsonArray(group["pk"]!.DeepClone()) });
        var role = await MakeAsync("rbac/roles/", new() { ["name"] = "watch" });
        (await there.PostApiAsync($"rbac/permissions/assigned_by_roles/{role["pk"]}/assign/", """{"permissions":["authentik_core.view_user"]}""")).Status.ShouldBe(HttpStatusCode.OK);
        var flow = await MakeAsync("flows/instances/", new() { ["name"] = "Boarding", ["slug"] = "boarding", ["title"] = "Boarding", ["designation"] = "enrollment" });
        var stage = await MakeAsync("stages/deny/", new() { ["name"] = "no boarding" });
        await MakeAsync("flows/bindings/", new() { ["target"] = flow["pk"]!.DeepClone(), ["stage"] = stage["pk"]!.DeepClone(), ["order"] = 10 });
        var key = (await there.GetApiAsync("crypto/certificatekeypairs/?name=authentik+Self-signed+Certificate")).Json["results"]![0]!["pk"]!;
        var provider = await MakeAsync("providers/oauth2/", new()
        {
            ["name"] = "log",
            ["client_id"] = "log-client",
            ["client_secret"] = "log-secret-log-secret",
            ["signing_key"] = key.DeepClone(),
            ["authorization_flow"] = await FlowAsync("default-provider-authorization-implicit-consent"),
            ["invalidation_flow"] = await FlowAsync("default-provider-invalidation-flow"),
            ["redirect_uris"] = new JsonArray(new JsonObject { ["matching_mode"] = "strict", ["url"] = "https://example.org/cb" }),
        });
        await MakeAsync("core/applications/", new() { ["name"] = "Log", ["slug"] = "log", ["provider"] = provider["pk"]!.DeepClone() });
    }

    async Task<JsonNode> FlowAsync(string slug) => (await there.GetApiAsync($"flows/instances/{slug}/")).Json["pk"]!.DeepClone();

    async Task<JsonNode> MakeAsync(string path, JsonObject body)
    {
        var answer = await there.PostApiAsync(path, body.ToJsonString());
        answer.Status.ShouldBe(HttpStatusCode.Created, answer.Text);
        return answer.Json;
    }

    Task<Migration> ReadAsync() => Services(target).GetRequiredService<MigrateFrom>().ExecuteAsync(there, Cancellation);

    Task<ImportReport> ImportAsync(string yaml, bool dryRun) => target.InScopeAsync(async services =>
    {
        var reading = BlueprintReader.Read(System.Text.Encoding.UTF8.GetBytes(yaml), services.GetRequiredService<BlueprintSettings>().Limits);
        reading.Problems.ShouldBeEmpty();
        return await services.GetRequiredService<ImportBlueprint>().ExecuteAsync(new ImportRequest(reading.Blueprint!, Caller.System) { DryRun = dryRun, IsTrusted = true }, Cancellation);
    });

    static IServiceProvider Services(TestServer server) => server.Services;
}
