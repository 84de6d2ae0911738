using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.PropertyMappings;

/// <summary>Trying a mapping before applications see what it tells.</summary>
public sealed class TrialTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    TestServer Server => fixture.Server;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mapping_is_tried_for_a_user_and_a_context()
    {
        var ada = await Server.AddUserAsync("ada");
        using var admin = Server.Program(await Server.AddTokenAsync(await Server.AddSuperuserAsync("mapper")));
        var mapping = await MakeAsync(admin, "trial", "return {'who': request.user.username, 'given': colour}");

        var trial = await TryAsync(admin, mapping, new { user = ada.Pk, context = new { colour = "blue" } });
        (trial["successful"]!.GetValue<bool>(), trial["result"]!.ToString()).ShouldBe((true, """{"who":"ada","given":"blue"}"""));
    }

    [Fact]
    public async Task What_goes_wrong_is_told_with_its_line()
    {
        using var admin = Server.Program(await Server.AddTokenAsync(await Server.AddSuperuserAsync("breaker")));
        var trial = await TryAsync(admin, await MakeAsync(admin, "broken", "x = 1\nreturn {'a': x / 0}"), new { });
        trial["successful"]!.GetValue<bool>().ShouldBeFalse();
        trial["result"]!.ToString().ShouldStartWith("Line 2: ");
    }

    [Fact]
    public async Task Bad_input_and_strangers_are_refused()
    {
        using var admin = Server.Program(await Server.AddTokenAsync(await Server.AddSuperuserAsync("refuser")));
        var mapping = await MakeAsync(admin, "guarded", "return {}");
        foreach (var body in new object[] { new { user = "ada" }, new { user = 999_999 }, new { context = "no map" }, new[] { 1 } })
            (await admin.PostAsJsonAsync(Url(mapping), body, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await admin.PostAsJsonAsync(Url(Guid.NewGuid().ToString()), new { }, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var other = Server.Program(await Server.AddTokenAsync(await Server.AddUserAsync("stranger")));
        (await other.PostAsJsonAsync(Url(mapping), new { }, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    static async Task<string> MakeAsync(HttpClient admin, string name, string expression) =>
        (await (await admin.PostAsJsonAsync("/api/v3/propertymappings/provider/scope/", new { name, expression, scope_name = name }, Cancellation)).Content.ReadFromJsonAsync<JsonObject>(Cancellation))!["pk"]!.ToString();

    static async Task<JsonObject> TryAsync(HttpClient admin, string mapping, object body) =>
        (await (await admin.PostAsJsonAsync(Url(mapping), body, Cancellation)).Content.ReadFromJsonAsync<JsonObject>(Cancellation))!;

    static string Url(string mapping) => $"/api/v3/propertymappings/all/{mapping}/test/";
}
