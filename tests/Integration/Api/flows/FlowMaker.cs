using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Flows;

/// <summary>Makes flows of dummy stages over the API.</summary>
sealed class FlowMaker(HttpClient admin)
{
    public async Task<(string Pk, string Slug)> FlowAsync(string designation = "stage_configuration", string more = "")
    {
        var slug = $"f-{Guid.NewGuid():N}"[..20];
        var made = await admin.PostApiAsync("flows/instances/", $$"""{"name": "{{slug}}", "slug": "{{slug}}", "title": "A flow", "designation": "{{designation}}"{{more}}}""");
        made.Status.ShouldBe(System.Net.HttpStatusCode.Created, made.Text);
        return (made.Json["pk"]!.ToString(), slug);
    }

    public async Task<string> StageAsync(string path = "dummy", string more = "")
    {
        var made = await admin.PostApiAsync($"stages/{path}/", $$"""{"name": "{{path.Split('/')[0]}}-{{Guid.NewGuid():N}}"{{more}}}""");
        made.Status.ShouldBe(System.Net.HttpStatusCode.Created, made.Text);
        return made.Json["pk"]!.ToString();
    }

    public async Task<string> BindAsync(string flow, string stage, int order, string more = "")
    {
        var made = await admin.PostApiAsync("flows/bindings/", $$"""{"target": "{{flow}}", "stage": "{{stage}}", "order": {{order}}{{more}}}""");
        made.Status.ShouldBe(System.Net.HttpStatusCode.Created, made.Text);
        return made.Json["pk"]!.ToString();
    }

    /// <summary>A policy of this expression, bound to a target.</summary>
    public async Task PolicyAsync(string target, string expression, string more = "")
    {
        var policy = await admin.PostApiAsync("policies/expression/", $$"""{"name": "p-{{Guid.NewGuid():N}}", "expression": {{System.Text.Json.JsonSerializer.Serialize(expression)}}}""");
        policy.Status.ShouldBe(System.Net.HttpStatusCode.Created, policy.Text);
        (await admin.PostApiAsync("policies/bindings/", $$"""{"target": "{{target}}", "policy": {{policy.Member("pk")}}, "order": 0{{more}}}""")).Status.ShouldBe(System.Net.HttpStatusCode.Created);
    }

    /// <summary>Keys of a flow's bindings, in order.</summary>
    public async Task<IReadOnlyList<string>> OrderAsync(string flow) =>
        [.. (await admin.GetApiAsync($"flows/bindings/?target={flow}&ordering=order")).Json["results"]!.AsArray().Select(b => b!["pk"]!.ToString())];
}
