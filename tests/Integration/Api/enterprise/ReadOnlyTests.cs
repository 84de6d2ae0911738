using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Enterprise;

/// <summary>An installation six weeks after its licence ended: what it still writes and what it refuses, for every address there is.</summary>
public sealed class ReadOnlyTests : IAsyncLifetime
{
    static readonly string[] Open =
    [
        "enterprise/license/", "flows/executor/", "core/users/", "core/authenticated_sessions/", "core/user_consent/", "authenticators/", "oauth2/", "events/notifications/",
    ];

    LicenseServer server = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        server = await LicenseServer.StartAsync();
        (await server.InstallAsync(server.Key(days: 10))).StatusCode.ShouldBe(HttpStatusCode.Created);
        server.Server.Clock.Advance(TimeSpan.FromDays(10 + 43));
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Every_address_that_writes_is_refused_unless_it_is_named()
    {
        (await server.SummaryAsync())["status"]!.ToString().ShouldBe("read_only");
        var doors = server.Server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText?.TrimStart('/').StartsWith("api/v3/", StringComparison.Ordinal) == true)
            .SelectMany(e => (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []).Select(m => (Method: m, Path: "/" + e.RoutePattern.RawText!.TrimStart('/'))))
            .Where(d => d.Method is "POST" or "PUT" or "PATCH" or "DELETE").Distinct().ToList();
        doors.Count.ShouldBeGreaterThan(100);
        foreach (var (method, path) in doors)
        {
            var address = System.Text.RegularExpressions.Regex.Replace(path, @"\{[^}]*\}", "none", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
            using var request = new HttpRequestMessage(new HttpMethod(method), address) { Content = JsonContent.Create(new { }) };
            using var answer = await server.Admin.SendAsync(request, Cancellation);
            var text = await answer.Content.ReadAsStringAsync(Cancellation);
            var isOpen = Open.Any(o => address.StartsWith($"/api/v3/{o}", StringComparison.Ordinal)) && !(method is "POST" && address is "/api/v3/core/users/" or "/api/v3/core/users/service_account/" or "/api/v3/core/users/import/");
            text.Contains("denied_license", StringComparison.Ordinal).ShouldBe(!isOpen, $"{method} {address}: {(int)answer.StatusCode} {text}");
        }
    }

    [Fact]
    public async Task The_refusal_is_the_documented_one()
    {
        using var answer = await server.Admin.PatchAsJsonAsync("/api/v3/flows/instances/default-authentication-flow/", new { title = "New" }, Cancellation);
        (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation))
            .ShouldBe((HttpStatusCode.BadRequest, """{"detail":"Request denied due to expired/invalid license.","code":"denied_license"}"""));
        (await server.Admin.GetAsync("/api/v3/flows/instances/default-authentication-flow/", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task People_sign_in_and_users_are_changed_and_deleted()
    {
        var ann = await server.Server.AddUserAsync("ann");
        (await server.Admin.PatchAsJsonAsync($"/api/v3/core/users/{ann.Pk}/", new { name = "Ann B." }, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var browser = server.Server.Browser();
        var challenge = await browser.PostAsJsonAsync("/api/v3/flows/executor/default-authentication-flow/?query=", new { uid_field = "ann" }, Cancellation);
        challenge.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await server.Admin.DeleteAsync($"/api/v3/core/users/{ann.Pk}/", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await server.Admin.PostAsJsonAsync("/api/v3/core/users/", new { username = "new", name = "New" }, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_renewed_license_ends_it_at_once()
    {
        (await server.InstallAsync(server.Key())).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await server.Admin.PostAsJsonAsync("/api/v3/core/groups/", new { name = "again" }, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await server.SummaryAsync())["status"]!.ToString().ShouldBe("valid");
    }

    [Fact]
    public async Task A_deleted_license_ends_it_too()
    {
        var license = (await server.Admin.GetFromJsonAsync<JsonObject>(LicenseServer.Licenses, Cancellation))!["results"]![0]!["license_uuid"]!.ToString();
        (await server.Admin.DeleteAsync($"{LicenseServer.Licenses}{license}/", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await server.SummaryAsync())["status"]!.ToString().ShouldBe("unlicensed");
    }
}
