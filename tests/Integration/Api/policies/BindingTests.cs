using Postern.Flows;
using Postern.Tests.Integration.Policies;

namespace Postern.Tests.Integration.Api.Policies;

public sealed class BindingTests(PolicyServer fixture) : IClassFixture<PolicyServer>
{
    async Task<Flow> FlowAsync() =>
        await fixture.MakeAsync<Flow>(FlowKind.Kind, $$"""{"name": "f", "slug": "f-{{Guid.NewGuid():N}}", "title": "f", "designation": "authentication"}""");

    async Task<string> PolicyAsync(HttpClient client) =>
        (await client.SendAsync("POST", "dummy/", $$"""{"name": "{{Guid.NewGuid()}}"}""")).Body!["pk"]!.GetValue<string>();

    [Fact]
    public async Task Shows_what_it_binds()
    {
        using var client = await fixture.ClientAsync(fixture.Root);
        var flow = await FlowAsync();
        var policy = await PolicyAsync(client);
        var (status, made) = await client.SendAsync("POST", "bindings/", $$"""{"target": "{{flow.Pk}}", "policy": "{{policy}}", "order": 3}""");
        status.ShouldBe(201, made.Text());
        made!["policy_obj"]!["pk"]!.GetValue<string>().ShouldBe(policy);
        made["policy_obj"]!["bound_to"]!.GetValue<int>().ShouldBe(1);
        made["negate"]!.GetValue<bool>().ShouldBeFalse();
        made["enabled"]!.GetValue<bool>().ShouldBeTrue();
        made["timeout"]!.GetValue<int>().ShouldBe(30);
        made["failure_result"]!.GetValue<bool>().ShouldBeFalse();
        made["group_obj"].ShouldBeNull();
        made["target"]!.GetValue<string>().ShouldBe(flow.Pk.ToString());

        var (_, member) = await client.SendAsync("POST", "bindings/", $$"""{"target": "{{flow.Pk}}", "user": {{fixture.Ada.Pk}}, "order": 4}""");
        member!["user_obj"]!["username"]!.GetValue<string>().ShouldBe("ada");
        var (_, list) = await client.SendAsync("GET", $"bindings/?target={flow.Pk}&policy__isnull=true");
        list!["results"]!.AsArray().Count.ShouldBe(1);
        (await client.SendAsync("GET", "all/?bindings__isnull=false")).Body!["results"]!.AsArray().Select(p => p!["pk"]!.GetValue<string>()).Contains(policy, StringComparer.Ordinal).ShouldBeTrue();
        (await client.SendAsync("GET", "all/?bindings__isnull=true")).Body!["results"]!.AsArray().Select(p => p!["pk"]!.GetValue<string>()).Contains(policy, StringComparer.Ordinal).ShouldBeFalse();
    }

    [Fact]
    public async Task Names_exactly_one_thing()
    {
        using var client = await fixture.ClientAsync(fixture.Root);
        var flow = await FlowAsync();
        var policy = await PolicyAsync(client);
        (await client.SendAsync("POST", "bindings/", $$"""{"target": "{{flow.Pk}}", "order": 0}""")).Body.Text()
            .ShouldBe("""{"non_field_errors":["One of 'group', 'policy', 'user' must be set."]}""");
        (await client.SendAsync("POST", "bindings/", $$"""{"target": "{{flow.Pk}}", "order": 0, "policy": "{{policy}}", "user": {{fixture.Ada.Pk}} }""")).Body.Text()
            .ShouldBe("""{"non_field_errors":["Only one of 'group', 'policy', 'user' can be set."]}""");
    }

    [Fact]
    public async Task Needs_a_target_that_exists_and_a_place_of_its_own()
    {
        using var client = await fixture.ClientAsync(fixture.Root);
        var flow = await FlowAsync();
        var policy = await PolicyAsync(client);
        var nowhere = Guid.NewGuid();
        (await client.SendAsync("POST", "bindings/", $$"""{"target": "{{nowhere}}", "order": 0, "policy": "{{policy}}"}""")).Body.Text()
            .ShouldBe($$"""{"target":["Invalid pk \"{{nowhere}}\" - object does not exist."]}""");
        (await client.SendAsync("POST", "bindings/", $$"""{"target": "{{flow.Pk}}", "order": 0, "policy": "{{policy}}"}""")).Status.ShouldBe(201);
        (await client.SendAsync("POST", "bindings/", $$"""{"target": "{{flow.Pk}}", "order": 0, "policy": "{{policy}}"}""")).Body.Text()
            .ShouldBe("""{"non_field_errors":["The fields policy, target, order must make a unique set."]}""");
    }

    [Fact]
    public async Task Goes_with_its_target_and_with_its_policy()
    {
        using var client = await fixture.ClientAsync(fixture.Root);
        var flow = await FlowAsync();
        var other = await FlowAsync();
        var policy = await PolicyAsync(client);
        foreach (var target in (Guid[])[flow.Pk, other.Pk])
            await client.SendAsync("POST", "bindings/", $$"""{"target": "{{target}}", "order": 0, "policy": "{{policy}}"}""");
        await fixture.Server.Database.ExecuteAsync($"DELETE FROM flow WHERE pk = '{flow.Pk}'");
        (await client.SendAsync("GET", $"bindings/?target={flow.Pk}")).Body!["results"]!.AsArray().ShouldBeEmpty();
        (await client.SendAsync("GET", $"bindings/?target={other.Pk}")).Body!["results"]!.AsArray().Count.ShouldBe(1);
        (await client.SendAsync("DELETE", $"dummy/{policy}/")).Status.ShouldBe(204);
        (await client.SendAsync("GET", $"bindings/?target={other.Pk}")).Body!["results"]!.AsArray().ShouldBeEmpty();
    }
}
