using System.Net;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Flows;

/// <summary>Moving a stage to another place of its flow.</summary>
public sealed class MoveTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    readonly TestServer server = fixture.Server;

    [Fact]
    public async Task The_stages_between_follow_and_numbers_stay()
    {
        using var admin = await server.SuperuserAsync();
        var make = new FlowMaker(admin);
        var (flow, _) = await make.FlowAsync();
        string[] bound = [await make.BindAsync(flow, await make.StageAsync(), 5), await make.BindAsync(flow, await make.StageAsync(), 7), await make.BindAsync(flow, await make.StageAsync(), 100)];
        (await MoveAsync(admin, bound[2], 0)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await make.OrderAsync(flow)).ShouldBe([bound[2], bound[0], bound[1]]);
        (await admin.GetApiAsync($"flows/bindings/?target={flow}&ordering=order")).Each("order").ShouldBe(["5", "7", "100"]);
        // Beyond the end is the end.
        (await MoveAsync(admin, bound[2], 99)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await make.OrderAsync(flow)).ShouldBe(bound);
        (await admin.GetApiAsync($"events/events/?action=model_updated&ordering=-created&page_size=3")).Json["results"]!.AsArray().Count.ShouldBe(3);
    }

    [Fact]
    public async Task Stages_that_share_a_number_get_numbers_of_their_own()
    {
        using var admin = await server.SuperuserAsync();
        var make = new FlowMaker(admin);
        var (flow, _) = await make.FlowAsync();
        foreach (var order in (int[])[3, 3, 4])
            await make.BindAsync(flow, await make.StageAsync(), order);
        var before = (await make.OrderAsync(flow)).ToList();
        // Of two with one number the key decides, in the list as in the flow.
        before = [.. before.Take(2).Order(StringComparer.Ordinal), before[2]];
        (await MoveAsync(admin, before[2], 1)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await make.OrderAsync(flow)).ShouldBe([before[0], before[2], before[1]]);
        (await admin.GetApiAsync($"flows/bindings/?target={flow}&ordering=order")).Each("order").ShouldBe(["10", "20", "30"]);
    }

    [Fact]
    public async Task A_stage_that_is_bound_twice_passes_by_itself()
    {
        using var admin = await server.SuperuserAsync();
        var make = new FlowMaker(admin);
        var (flow, _) = await make.FlowAsync();
        var stage = await make.StageAsync();
        string[] bound = [await make.BindAsync(flow, stage, 1), await make.BindAsync(flow, stage, 2)];
        (await MoveAsync(admin, bound[1], 0)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await make.OrderAsync(flow)).ShouldBe([bound[1], bound[0]]);
        // The rule itself still holds.
        (await admin.PostApiAsync("flows/bindings/", $$"""{"target": "{{flow}}", "stage": "{{stage}}", "order": 2}""")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task It_is_refused_without_the_right_to_every_binding_that_changes()
    {
        using var admin = await server.SuperuserAsync();
        var make = new FlowMaker(admin);
        var (flow, _) = await make.FlowAsync();
        string[] bound = [await make.BindAsync(flow, await make.StageAsync(), 1), await make.BindAsync(flow, await make.StageAsync(), 2)];
        using var viewer = await server.WithRightsAsync("authentik_flows.view_flowstagebinding");
        (await MoveAsync(viewer, bound[0], 0)).Status.ShouldBe(HttpStatusCode.Forbidden);
        using var half = await server.WithRightsAsync("authentik_flows.view_flowstagebinding", $"authentik_flows.change_flowstagebinding:{bound[0]}");
        (await MoveAsync(half, bound[0], 1)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await make.OrderAsync(flow)).ShouldBe(bound);
        (await MoveAsync(admin, Guid.NewGuid().ToString(), 1)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await admin.PostApiAsync($"flows/bindings/{bound[0]}/move/", """{"place": "first"}""")).Text.ShouldBe("""{"place":["A valid integer is required."]}""");
        using var anonymous = server.Program();
        (await MoveAsync(anonymous, bound[0], 1)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    static Task<Answer> MoveAsync(HttpClient client, string binding, int place) => client.PostApiAsync($"flows/bindings/{binding}/move/", $$"""{"place": {{place}}}""");
}
