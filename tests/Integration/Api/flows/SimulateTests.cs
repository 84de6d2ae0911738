using System.Net;
using System.Text.Json.Nodes;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Flows;

/// <summary>What a flow would do, told without doing it.</summary>
public sealed class SimulateTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    readonly TestServer server = fixture.Server;

    [Fact]
    public async Task Each_stage_is_told_with_what_decided()
    {
        using var admin = await server.SuperuserAsync();
        var make = new FlowMaker(admin);
        var ann = await server.AddUserAsync($"ann-{Guid.NewGuid():N}");
        var team = await server.AddGroupAsync($"team-{Guid.NewGuid():N}", members: ann);
        var (flow, slug) = await make.FlowAsync();
        await make.BindAsync(flow, await make.StageAsync(), 1);
        var planned = await make.BindAsync(flow, await make.StageAsync(), 2, ", \"evaluate_on_plan\": true, \"re_evaluate_policies\": false");
        await make.PolicyAsync(planned, "ak_message('no colour')\nreturn context.get('colour') == 'red'");
        var members = await make.BindAsync(flow, await make.StageAsync(), 3);
        (await admin.PostApiAsync("policies/bindings/", $$"""{"target": "{{members}}", "group": "{{team}}", "order": 0}""")).Status.ShouldBe(HttpStatusCode.Created);
        await make.BindAsync(flow, await make.StageAsync("deny"), 4);
        await make.BindAsync(flow, await make.StageAsync(), 5);

        var nobody = await SimulateAsync(admin, slug, "{}");
        Fates(nobody).ShouldBe(["reached", "left_out", "left_out", "reached", "not_reached"]);
        nobody["stages"]![1]!["on_plan"]!["messages"]!.ToJsonString().ShouldBe("""["no colour"]""");
        nobody["stages"]![1]!["asked_again"]!.GetValue<bool>().ShouldBeFalse();
        nobody["stages"]![2]!["asked_again"]!.GetValue<bool>().ShouldBeTrue();
        nobody["stages"]![3]!["ending"]!.ToString().ShouldBe("Refused");

        var red = await SimulateAsync(admin, slug, $$"""{"user": {{ann.Pk}}, "context": {"colour": "red"} }""");
        Fates(red).ShouldBe(["reached", "reached", "reached", "reached", "not_reached"]);
        var line = red["stages"]![2]!["before"]!["trace"]!.AsArray().ShouldHaveSingleItem()!;
        (line["what"]!.ToString(), line["passing"]!.GetValue<bool>()).ShouldBe(("group", true));
    }

    [Fact]
    public async Task What_is_asked_at_the_beginning_knows_only_who_is_signed_in()
    {
        using var admin = await server.SuperuserAsync();
        var make = new FlowMaker(admin);
        var ann = await server.AddUserAsync($"ann-{Guid.NewGuid():N}");
        var (flow, slug) = await make.FlowAsync(more: ", \"authentication\": \"require_authenticated\"");
        await make.PolicyAsync(flow, "return request.user.email.endswith('@example.org')");
        await make.BindAsync(flow, await make.StageAsync(), 1);
        var stranger = await SimulateAsync(admin, slug, $$"""{"user": {{ann.Pk}}}""");
        (stranger["passing"]!.GetValue<bool>(), stranger["refusal"]!.ToString()).ShouldBe((false, "Flow does not apply to current user."));
        Fates(stranger).ShouldBe(["not_reached"]);
        var signedIn = await SimulateAsync(admin, slug, $$"""{"user": {{ann.Pk}}, "signed_in": true}""");
        signedIn["passing"]!.GetValue<bool>().ShouldBeTrue();
        signedIn["gate"]!["passing"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task The_address_is_what_policies_see()
    {
        using var admin = await server.SuperuserAsync();
        var make = new FlowMaker(admin);
        var (flow, slug) = await make.FlowAsync();
        var bound = await make.BindAsync(flow, await make.StageAsync(), 1);
        await make.PolicyAsync(bound, "return ak_client_ip in ip_network('203.0.113.0/24')");
        Fates(await SimulateAsync(admin, slug, """{"client_ip": "203.0.113.9"}""")).ShouldBe(["reached"]);
        Fates(await SimulateAsync(admin, slug, """{"client_ip": "198.51.100.9"}""")).ShouldBe(["left_out"]);
    }

    [Fact]
    public async Task Nothing_is_written_sent_or_recorded()
    {
        using var admin = await server.SuperuserAsync();
        var make = new FlowMaker(admin);
        var ann = await server.AddUserAsync($"ann-{Guid.NewGuid():N}");
        var (flow, slug) = await make.FlowAsync();
        var bound = await make.BindAsync(flow, await make.StageAsync(), 1);
        await make.PolicyAsync(bound, "ak_create_event('seen')\nak_send_email('a@example.org', 'Hello', body='x')\nrequest.user.attributes['x'] = 1\nrequest.user.save()\nreturn True");
        await make.PolicyAsync(flow, "requests.post('http://127.0.0.1:1/')\nreturn True", ", \"failure_result\": true");
        var before = await CountAsync();
        var told = await SimulateAsync(admin, slug, $$"""{"user": {{ann.Pk}}}""");
        told["gate"]!["log_messages"]!.ToJsonString().ShouldContain("a trial sends no POST request");
        // What fails to decide ends a run, so it ends a simulation.
        Fates(told).ShouldBe(["undecided"]);
        told["stages"]![0]!["before"]!["log_messages"]!.ToJsonString().ShouldContain("nothing is written");
        (await CountAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task It_is_refused_to_who_may_not_change_the_flow_or_see_the_user()
    {
        using var admin = await server.SuperuserAsync();
        var (flow, slug) = await new FlowMaker(admin).FlowAsync();
        var ann = await server.AddUserAsync($"ann-{Guid.NewGuid():N}");
        using var viewer = await server.WithRightsAsync("authentik_flows.view_flow");
        (await PostAsync(viewer, slug, "{}")).Status.ShouldBe(HttpStatusCode.Forbidden);
        using var designer = await server.WithRightsAsync("authentik_flows.view_flow", $"authentik_flows.change_flow:{flow}");
        (await PostAsync(designer, slug, "{}")).Status.ShouldBe(HttpStatusCode.OK);
        (await PostAsync(designer, slug, $$"""{"user": {{ann.Pk}}}""")).ToString().ShouldBe($$"""400 {"user":["Invalid pk \"{{ann.Pk}}\" - object does not exist."]}""");
        (await PostAsync(admin, slug, """{"user": "ann", "client_ip": "here", "context": [], "signed_in": 1}""")).Json.AsObject().Select(e => e.Key).ShouldBe(["user", "client_ip", "context", "signed_in"]);
        (await PostAsync(admin, slug, """{"context": {"pending_user": 1}}""")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await PostAsync(admin, slug, """{"signed_in": true}""")).Text.ShouldBe("""{"user":["Choose who is signed in."]}""");
        (await PostAsync(admin, "nothing", "{}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    Task<long> CountAsync() => server.Database.ScalarAsync<long>("SELECT (SELECT count(*) FROM event) + (SELECT count(*) FROM mail) + (SELECT count(*) FROM flow_token) + (SELECT count(*) FROM session)");

    static Task<Answer> PostAsync(HttpClient client, string slug, string body) => client.PostApiAsync($"flows/instances/{slug}/simulate/", body);

    static async Task<JsonNode> SimulateAsync(HttpClient client, string slug, string body)
    {
        var answer = await PostAsync(client, slug, body);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        return answer.Json;
    }

    static IReadOnlyList<string> Fates(JsonNode simulation) => [.. simulation["stages"]!.AsArray().Select(s => s!["fate"]!.ToString())];
}
