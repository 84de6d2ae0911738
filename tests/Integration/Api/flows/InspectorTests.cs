using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Postern.Tests.Integration.Sessions;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Flows;

/// <summary>Where one's own run of a flow stands, for whoever may inspect it.</summary>
public sealed class InspectorTests(SessionDoors fixture) : IClassFixture<SessionDoors>
{
    const string Inspector = "/api/v3/flows/inspector/";

    readonly TestServer server = fixture.Server;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_stages_ahead_and_the_context_are_told_with_secrets_hidden()
    {
        using var admin = await server.SuperuserAsync();
        var make = new FlowMaker(admin);
        var (flow, slug) = await make.FlowAsync();
        var pin = (await admin.PostApiAsync("stages/prompt/prompts/", $$"""{"name": "n-{{Guid.NewGuid():N}}", "field_key": "attributes.pin", "label": "Pin", "type": "password"}""")).Member("pk");
        var nick = (await admin.PostApiAsync("stages/prompt/prompts/", $$"""{"name": "n-{{Guid.NewGuid():N}}", "field_key": "nick", "label": "Nick", "type": "text"}""")).Member("pk");
        var first = await make.BindAsync(flow, await make.StageAsync("prompt/stages", $", \"fields\": [{pin}, {nick}]"), 1);
        var second = await make.BindAsync(flow, await make.StageAsync(), 2);
        var third = await make.BindAsync(flow, await make.StageAsync(), 3);
        using var browser = await SignedInAsync(superuser: true);

        (await browser.GetAsync($"{Inspector}{slug}/", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        await browser.GetAsync($"/api/v3/flows/executor/{slug}/?query=", Cancellation);
        (await InspectAsync(browser, slug))["current_plan"]!["current_stage"]!["pk"]!.ToString().ShouldBe(first);
        var answered = await browser.PostAsJsonAsync($"/api/v3/flows/executor/{slug}/?query=", new Dictionary<string, string> { ["attributes.pin"] = "hush 4711", ["nick"] = "Ada" }, Cancellation);
        answered.StatusCode.ShouldBe(HttpStatusCode.OK);
        var plan = (await InspectAsync(browser, slug))["current_plan"]!;
        plan["current_stage"]!["pk"]!.ToString().ShouldBe(second);
        plan["next_planned_stage"]!["pk"]!.ToString().ShouldBe(third);
        plan["plan_context"]!["prompt_data"]!["nick"]!.ToString().ShouldBe("Ada");
        plan.ToJsonString().ShouldNotContain("hush");
    }

    [Fact]
    public async Task Nobody_else_is_told_anything()
    {
        using var anonymous = server.Browser();
        await anonymous.GetAsync("/api/v3/flows/executor/default-authentication-flow/?query=", Cancellation);
        (await anonymous.GetAsync($"{Inspector}default-authentication-flow/", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var person = await SignedInAsync(superuser: false);
        await person.GetAsync("/api/v3/flows/executor/default-user-settings-flow/?query=", Cancellation);
        (await person.GetAsync($"{Inspector}default-user-settings-flow/", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await (await person.GetAsync("/if/flow/default-user-settings-flow/?inspector", Cancellation)).Content.ReadAsStringAsync(Cancellation)).ShouldNotContain("flow-inspector");
        (await person.GetAsync($"{Inspector}nothing/", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    async Task<HttpClient> SignedInAsync(bool superuser)
    {
        var name = $"looker-{Guid.NewGuid():N}";
        var user = superuser ? await server.AddSuperuserAsync(name) : await server.AddUserAsync(name);
        var browser = server.PageScript();
        await SessionDoors.SignInAsync(browser, user);
        return browser;
    }

    static async Task<JsonObject> InspectAsync(HttpClient browser, string slug)
    {
        var answer = await browser.GetAsync($"{Inspector}{slug}/", Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Cancellation));
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!;
    }
}
