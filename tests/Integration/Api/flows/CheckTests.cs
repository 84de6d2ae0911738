using System.Net;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Flows;

/// <summary>What a look through a flow finds.</summary>
public sealed class CheckTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    readonly TestServer server = fixture.Server;

    [Fact]
    public async Task The_shipped_sign_in_has_nothing_wrong_until_nobody_can_recover_and_no_brand_names_it()
    {
        using var admin = await server.SuperuserAsync();
        (await FindAsync(admin, "default-authentication-flow")).ShouldBeEmpty();
        var brand = (await admin.GetApiAsync("core/brands/?default=true")).Json["results"]![0]!;
        await admin.CallAsync("PATCH", $"core/brands/{brand["brand_uuid"]}/", """{"flow_recovery": null, "flow_authentication": null}""");
        (await FindAsync(admin, "default-authentication-flow")).ShouldBe(
        [
            "warning: There is no way back for people who lost their password.",
            "hint: No brand names a sign-in flow, so “default-authentication-flow” is used: it is the first by name.",
        ]);
        await admin.CallAsync("PATCH", $"core/brands/{brand["brand_uuid"]}/", new System.Text.Json.Nodes.JsonObject { ["flow_recovery"] = brand["flow_recovery"]!.DeepClone(), ["flow_authentication"] = brand["flow_authentication"]!.DeepClone() }.ToJsonString());
        (await FindAsync(admin, "default-authentication-flow")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_sign_in_without_its_stages_is_told()
    {
        using var admin = await server.SuperuserAsync();
        var make = new FlowMaker(admin);
        var (flow, slug) = await make.FlowAsync("authentication");
        (await FindAsync(admin, slug)).ShouldBe(["error: The flow has no stages."]);
        var password = await make.StageAsync("password", ", \"backends\": [\"authentik.core.auth.InbuiltBackend\"]");
        await make.BindAsync(flow, password, 1);
        var found = await FindAsync(admin, slug);
        found.ShouldContain("error: The flow signs nobody in: it has no User Login Stage.");
        found.ShouldContain(f => f.StartsWith("error: Password Stage") && f.EndsWith("comes before anybody has said who they are."));
        await make.BindAsync(flow, await make.StageAsync("user_login"), 9);
        (await FindAsync(admin, slug)).ShouldNotContain("error: The flow signs nobody in: it has no User Login Stage.");
    }

    [Fact]
    public async Task Stages_that_nobody_comes_to_are_told()
    {
        using var admin = await server.SuperuserAsync();
        var make = new FlowMaker(admin);
        var (flow, slug) = await make.FlowAsync();
        var never = await make.BindAsync(flow, await make.StageAsync(), 1);
        await make.PolicyAsync(never, "return False");
        (await FindAsync(admin, slug)).ShouldHaveSingleItem().ShouldEndWith("is never shown: its policies never pass.");
        var depends = await make.BindAsync(flow, await make.StageAsync(), 2);
        await make.PolicyAsync(depends, "return request.user.is_active");
        await make.PolicyAsync(never, "return False", ", \"negate\": true");
        (await FindAsync(admin, slug)).ShouldBeEmpty();
        await make.BindAsync(flow, await make.StageAsync("deny"), 3);
        await make.BindAsync(flow, await make.StageAsync(), 4);
        (await FindAsync(admin, slug)).ShouldHaveSingleItem().ShouldContain("is never reached: Deny Stage");
        await make.PolicyAsync(flow, "return False");
        (await FindAsync(admin, slug))[0].ShouldBe("error: Nobody may begin this flow: its policies never pass.");
    }

    [Fact]
    public async Task Enrolments_are_looked_through_for_their_account_and_their_invitation()
    {
        using var admin = await server.SuperuserAsync();
        var make = new FlowMaker(admin);
        var (flow, slug) = await make.FlowAsync("enrollment");
        var prompt = (await admin.PostApiAsync("stages/prompt/prompts/", $$"""{"name": "n-{{Guid.NewGuid():N}}", "field_key": "nick", "label": "Nick", "type": "text"}""")).Member("pk");
        await make.BindAsync(flow, await make.StageAsync("prompt/stages", $", \"fields\": [{prompt}]"), 1);
        var invitation = await make.BindAsync(flow, await make.StageAsync("invitation/stages"), 2);
        var found = await FindAsync(admin, slug);
        found.ShouldContain("error: The flow makes no account: it has no User Write Stage.");
        found.ShouldContain("warning: People are not signed in after enrolling: the flow has no User Login Stage.");
        found.ShouldContain(f => f.Contains("comes too late: Prompt Stage", StringComparison.Ordinal));
        (await admin.PostApiAsync($"flows/bindings/{invitation}/move/", """{"place": 0}""")).Status.ShouldBe(HttpStatusCode.NoContent);
        var empty = await make.BindAsync(flow, await make.StageAsync("user_write"), 3);
        await make.BindAsync(flow, await make.StageAsync("user_login"), 9);
        (await FindAsync(admin, slug)).ShouldBeEmpty();
        (await admin.PostApiAsync($"flows/bindings/{empty}/move/", """{"place": 0}""")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await FindAsync(admin, slug)).ShouldContain(f => f.EndsWith("is not kept: no User Write Stage follows it."));
    }

    [Fact]
    public async Task It_answers_those_who_may_see_the_flow()
    {
        using var other = await server.WithRightsAsync();
        (await other.GetApiAsync("flows/instances/default-authentication-flow/check/")).Status.ShouldBe(HttpStatusCode.Forbidden);
        using var viewer = await server.WithRightsAsync("authentik_flows.view_flow");
        (await viewer.GetApiAsync("flows/instances/default-authentication-flow/check/")).Status.ShouldBe(HttpStatusCode.OK);
        (await viewer.GetApiAsync("flows/instances/nothing/check/")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    static async Task<IReadOnlyList<string>> FindAsync(HttpClient client, string slug) =>
        [.. (await client.GetApiAsync($"flows/instances/{slug}/check/")).Json["findings"]!.AsArray().Select(f => $"{f!["severity"]}: {f["message"]}")];
}
