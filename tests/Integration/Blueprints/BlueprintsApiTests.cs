using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Postern.Jobs;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Blueprints;

/// <summary>The doors under <c>/api/v3/managed/blueprints/</c>.</summary>
public sealed class BlueprintsApiTests(ServerFixture fixture) : IClassFixture<ServerFixture>, IAsyncLifetime
{
    const string Root = "/api/v3/managed/blueprints/";
    HttpClient administrator = null!;
    HttpClient nobody = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var name = Guid.NewGuid().ToString("N");
        administrator = fixture.Server.Program(await fixture.Server.AddTokenAsync(await fixture.Server.AddSuperuserAsync($"admin-{name}")));
        nobody = fixture.Server.Program(await fixture.Server.AddTokenAsync(await fixture.Server.AddUserAsync($"nobody-{name}")));
    }

    public ValueTask DisposeAsync()
    {
        administrator.Dispose();
        nobody.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task An_upload_is_applied_once_and_told_in_log_lines()
    {
        var answer = await ImportAsync(administrator, "entries: [{model: authentik_core.group, id: g, identifiers: {name: Uploaded}, attrs: {unknown: 1}}]");

        answer["success"]!.GetValue<bool>().ShouldBeTrue();
        answer["logs"]!.AsArray().Select(line => $"{line!["log_level"]} {line["logger"]} {line["event"]}").ShouldBe(
        [
            "warning postern.blueprints line 1, column 96: entries[0].attrs.unknown: authentik_core.group has no field `unknown`; it is ignored.",
            "info postern.blueprints Entry created",
        ]);
        var attributes = answer["logs"]![1]!["attributes"]!;
        (attributes["model"]!.GetValue<string>(), attributes["id"]!.GetValue<string>(), attributes["line"]!.GetValue<int>()).ShouldBe(("authentik_core.group", "g", 1));
        DateTimeOffset.Parse(answer["logs"]![1]!["timestamp"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture).ShouldBe(fixture.Server.Clock.GetUtcNow());
        (await fixture.Server.GroupAsync("Uploaded")).ShouldNotBeNull();
        (await fixture.Server.Database.ScalarAsync<long>("SELECT count(*) FROM blueprint_instance WHERE content LIKE '%Uploaded%'")).ShouldBe(0);
    }

    [Theory]
    [InlineData("entries: [", "Blueprint invalid: line 2, column 1: The YAML cannot be read")]
    [InlineData("version: 2", "Blueprint invalid: line 1, column 10: version: Invalid blueprint version")]
    [InlineData("entries: [{model: a.b, identifiers: {x: !Nope y}}]", "Blueprint invalid: line 1, column 41: entries[0].identifiers.x: Unknown tag `!Nope`.")]
    [InlineData("entries: [{model: a.b, model: c.d}]", "Blueprint invalid: line 1, column 24: entries[0].model: The key `model` is given twice; it stands first at line 1.")]
    [InlineData("entries: [{model: no.such, identifiers: {a: 1}}]", "Entry invalid: line 1, column 19: entries[0].model: App or Model does not exist: no.such")]
    [InlineData("entries: [{model: authentik_flows.flow, identifiers: {slug: half}}]", "Entry invalid: line 1, column 11: entries[0]: name: This field is required.")]
    public async Task What_is_wrong_is_answered_with_200_and_no_success(string yaml, string line)
    {
        var answer = await ImportAsync(administrator, yaml);

        answer["success"]!.GetValue<bool>().ShouldBeFalse();
        var events = answer["logs"]!.AsArray().Select(log => log!["event"]!.GetValue<string>()).ToList();
        events[0].ShouldStartWith(line);
        events[^1].ShouldBe("Blueprint validation failed");
    }

    [Fact]
    public async Task Context_and_dry_run_are_part_of_the_call()
    {
        const string yaml = "entries: [{model: authentik_core.group, identifiers: {name: !Context name}}]";

        var plan = await ImportAsync(administrator, yaml, context: """{"name": "Planned by call"}""", query: "?dry_run=1");
        plan["entries"]![0]!["action"]!.GetValue<string>().ShouldBe("created");
        (await fixture.Server.GroupAsync("Planned by call")).ShouldBeNull();

        await ImportAsync(administrator, yaml, context: """{"name": "Named by call"}""");
        (await fixture.Server.GroupAsync("Named by call")).ShouldNotBeNull();

        var wrong = await PostAsync(administrator, yaml, context: "[1]");
        (wrong.StatusCode, await wrong.Content.ReadAsStringAsync(Cancellation)).ShouldBe((HttpStatusCode.BadRequest, """{"context":["Value must be a dictionary."]}"""));
    }

    [Fact]
    public async Task A_file_of_the_installation_can_be_named_instead()
    {
        using var form = new MultipartFormDataContent { { new StringContent("example/flows-invitation-enrollment-minimal.yaml"), "path" }, { new StringContent("""{"flow_slug": "from-path"}"""), "context" } };
        var answer = JsonNode.Parse(await (await administrator.PostAsync(Root + "import/", form, Cancellation)).Content.ReadAsStringAsync(Cancellation))!;

        answer["success"]!.GetValue<bool>().ShouldBeTrue(answer.ToJsonString());
        (await fixture.Server.Database.ScalarAsync<long>("SELECT count(*) FROM flow WHERE slug = 'from-path'")).ShouldBe(1);
    }

    [Fact]
    public async Task Neither_file_nor_path_is_an_error()
    {
        using var form = new MultipartFormDataContent { { new StringContent("{}"), "context" } };
        var answer = await administrator.PostAsync(Root + "import/", form, Cancellation);

        (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation)).ShouldBe((HttpStatusCode.BadRequest, """{"non_field_errors":["Either path or file must be set"]}"""));
        (await administrator.PostAsJsonAsync(Root + "import/", new { path = "x" }, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task Large_uploads_are_refused_and_the_server_lives_on()
    {
        var large = await ImportAsync(administrator, "# " + new string('x', 1_200_000));
        large["logs"]![0]!["event"]!.GetValue<string>().ShouldBe("Blueprint invalid: line 1, column 1: A blueprint may hold at most 1048576 bytes.");

        var huge = await PostAsync(administrator, "# " + new string('x', 10_000_000));
        (huge.StatusCode, await huge.Content.ReadAsStringAsync(Cancellation)).ShouldBe((HttpStatusCode.RequestEntityTooLarge, """{"detail":"A blueprint may hold at most 1048576 bytes."}"""));

        (await ImportAsync(administrator, "entries: []"))["success"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task Importing_needs_every_right_on_every_model()
    {
        var refused = await PostAsync(nobody, "entries: [{model: authentik_core.group, id: g, identifiers: {name: Refused}}]");

        (refused.StatusCode, await refused.Content.ReadAsStringAsync(Cancellation)).ShouldBe((HttpStatusCode.Forbidden, """{"g":"User lacks permission to create authentik_core.group"}"""));
        using var anonymous = fixture.Server.Program();
        (await PostAsync(anonymous, "entries: []")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Files_at_hand_are_listed_with_their_metadata()
    {
        var files = JsonNode.Parse(await administrator.GetStringAsync(Root + "available/", Cancellation))!.AsArray();

        var example = files.Single(file => file!["path"]!.GetValue<string>() is "example/flows-invitation-enrollment-minimal.yaml")!;
        example["hash"]!.GetValue<string>().Length.ShouldBe(128);
        example["last_m"]!.GetValue<string>().ShouldEndWith("Z");
        example["meta"]!["labels"]!["blueprints.goauthentik.io/instantiate"]!.GetValue<string>().ShouldBe("false");
        (await nobody.GetAsync(Root + "available/", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task An_instance_with_a_text_is_checked_kept_and_applied_in_the_background()
    {
        var wrong = await administrator.PostAsJsonAsync(Root, new { name = "wrong", content = "entries: [{model: no.such, identifiers: {a: 1}}]" }, Cancellation);
        (wrong.StatusCode, await wrong.Content.ReadAsStringAsync(Cancellation)).ShouldBe(
            (HttpStatusCode.BadRequest, """{"content":["Failed to validate blueprint","- line 1, column 19: entries[0].model: App or Model does not exist: no.such"]}"""));
        (await (await administrator.PostAsJsonAsync(Root, new { name = "nothing" }, Cancellation)).Content.ReadAsStringAsync(Cancellation))
            .ShouldBe("""{"non_field_errors":["Either path or content must be set."]}""");
        (await (await administrator.PostAsJsonAsync(Root, new { name = "gone", path = "no/file.yaml" }, Cancellation)).Content.ReadAsStringAsync(Cancellation))
            .ShouldBe("""{"path":["Blueprint file does not exist"]}""");

        var created = await administrator.PostAsJsonAsync(Root, new { name = "kept", content = "entries: [{model: authentik_core.group, identifiers: {name: !Context n}}]", context = new { n = "Kept" } }, Cancellation);
        var instance = JsonNode.Parse(await created.Content.ReadAsStringAsync(Cancellation))!;
        (created.StatusCode, instance["status"]!.GetValue<string>(), instance["enabled"]!.GetValue<bool>()).ShouldBe((HttpStatusCode.Created, "unknown", true));
        (await fixture.Server.GroupAsync("Kept")).ShouldBeNull();
        await RunJobsAsync();

        (await fixture.Server.GroupAsync("Kept")).ShouldNotBeNull();
        var applied = JsonNode.Parse(await administrator.GetStringAsync($"{Root}{instance["pk"]}/", Cancellation))!;
        applied["status"]!.GetValue<string>().ShouldBe("successful");
        applied["managed_models"]!.ToJsonString().ShouldBe("""["authentik_core.group"]""");
        var report = JsonNode.Parse(await administrator.GetStringAsync($"{Root}{instance["pk"]}/report/", Cancellation))!;
        report["entries"]![0]!["action"]!.GetValue<string>().ShouldBe("created");
    }

    [Fact]
    public async Task Applying_again_is_put_in_the_queue()
    {
        var created = await administrator.PostAsJsonAsync(Root, new { name = "again", content = "entries: [{model: authentik_core.group, identifiers: {name: Again}}]" }, Cancellation);
        var pk = JsonNode.Parse(await created.Content.ReadAsStringAsync(Cancellation))!["pk"]!.GetValue<string>();
        await RunJobsAsync();
        await fixture.Server.Database.ExecuteAsync("DELETE FROM \"group\" WHERE name = 'Again'");

        var answer = await administrator.PostAsync($"{Root}{pk}/apply/", content: null, Cancellation);
        (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation))!["pk"]!.GetValue<string>()).ShouldBe((HttpStatusCode.OK, pk));
        await RunJobsAsync();

        (await fixture.Server.GroupAsync("Again")).ShouldNotBeNull();
        (await nobody.PostAsync($"{Root}{pk}/apply/", content: null, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_flow_is_exported_as_a_file()
    {
        var answer = await administrator.GetAsync("/api/v3/flows/instances/default-invalidation-flow/export/", Cancellation);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentDisposition!.FileName.ShouldBe("flow-default-invalidation-flow.yaml");
        (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldContain("model: authentik_stages_user_logout.userlogoutstage");
        (await nobody.GetAsync("/api/v3/flows/instances/default-invalidation-flow/export/", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await administrator.GetAsync("/api/v3/flows/instances/nowhere/export/", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    static async Task<JsonNode> ImportAsync(HttpClient client, string yaml, string? context = null, string query = "")
    {
        var answer = await PostAsync(client, yaml, context, query);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation))!;
    }

    static async Task<HttpResponseMessage> PostAsync(HttpClient client, string yaml, string? context = null, string query = "")
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(yaml)), "file", "blueprint.yaml" } };
        if (context is not null)
            form.Add(new StringContent(context), "context");
        return await client.PostAsync(Root + "import/" + query, form, Cancellation);
    }

    Task<int> RunJobsAsync() => fixture.Server.Services.GetRequiredService<JobRunner>().RunDueAsync(Cancellation);
}
