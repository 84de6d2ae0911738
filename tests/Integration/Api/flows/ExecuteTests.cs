using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Flows;

/// <summary>Programs that begin a flow with their token and go on with the session they are given.</summary>
public sealed class ExecuteTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    readonly TestServer server = fixture.Server;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_flow_is_about_the_caller_and_goes_on_with_the_cookie()
    {
        var key = await server.AddTokenAsync(await server.AddSuperuserAsync("stepper"));
        using var browser = server.Browser();
        using var start = new HttpRequestMessage(HttpMethod.Get, "/api/v3/flows/instances/default-user-settings-flow/execute/") { Headers = { Authorization = new("Bearer", key) } };
        using var begun = await browser.SendAsync(start, Cancellation);
        (await begun.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!["link"]!.ToString().ShouldBe("/if/flow/default-user-settings-flow/");

        var challenge = (await browser.GetFromJsonAsync<JsonObject>("/api/v3/flows/executor/default-user-settings-flow/?query=", Cancellation))!;
        challenge["component"]!.ToString().ShouldBe("ak-stage-prompt");
        challenge["fields"]!.AsArray().Single(f => f!["field_key"]!.ToString() is "username")!["initial_value"]!.ToString().ShouldBe("stepper");
    }

    [Fact]
    public async Task A_flow_that_does_not_apply_is_refused_with_the_reason_and_no_session()
    {
        using var admin = await server.SuperuserAsync();
        (await admin.CallAsync("PATCH", "flows/instances/default-authentication-flow/", """{"authentication":"require_unauthenticated"}""")).Status.ShouldBe(HttpStatusCode.OK);
        using var answer = await admin.GetAsync("/api/v3/flows/instances/default-authentication-flow/execute/", Cancellation);
        ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation)).ShouldBe((400, """{"non_field_errors":["Flow does not apply to current user."]}"""));
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Fact]
    public async Task Only_flows_one_may_see_are_begun()
    {
        using var other = await server.WithRightsAsync();
        (await other.GetApiAsync("flows/instances/default-user-settings-flow/execute/")).Status.ShouldBe(HttpStatusCode.Forbidden);
        using var anonymous = server.Program();
        (await anonymous.GetApiAsync("flows/instances/default-user-settings-flow/execute/")).Status.ShouldBe(HttpStatusCode.Forbidden);
        using var admin = await server.SuperuserAsync();
        (await admin.GetApiAsync("flows/instances/nothing/execute/")).Status.ShouldBe(HttpStatusCode.NotFound);
    }
}
