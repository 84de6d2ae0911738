using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Flows;

/// <summary>Doors of flows beside their objects.</summary>
public sealed class DiagramTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    const string Flows = "/api/v3/flows/instances/";

    TestServer Server => fixture.Server;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_flow_is_drawn_with_its_stages_in_order()
    {
        using var admin = Server.Program(await Server.AddTokenAsync(await Server.AddSuperuserAsync("drawer")));
        var diagram = (await admin.GetFromJsonAsync<JsonObject>($"{Flows}default-authentication-flow/diagram/", Cancellation))!["diagram"]!.ToString();
        diagram.ShouldStartWith("graph TD\n");
        diagram.IndexOf("Identification Stage", StringComparison.Ordinal).ShouldBeLessThan(diagram.IndexOf("Password Stage", StringComparison.Ordinal));
        diagram.ShouldContain("--> done");
        (await admin.GetAsync($"{Flows}nothing/diagram/", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_cache_doors_answer_those_who_may()
    {
        using var admin = Server.Program(await Server.AddTokenAsync(await Server.AddSuperuserAsync("cacher")));
        (await admin.GetFromJsonAsync<JsonObject>($"{Flows}cache_info/", Cancellation))!["count"]!.GetValue<int>().ShouldBe(0);
        (await admin.PostAsync($"{Flows}cache_clear/", null, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var other = Server.Program(await Server.AddTokenAsync(await Server.AddUserAsync("other")));
        (await other.GetAsync($"{Flows}cache_info/", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await other.PostAsync($"{Flows}cache_clear/", null, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await other.GetAsync($"{Flows}default-authentication-flow/diagram/", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }
}
