using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api;

/// <summary>What cannot be understood is refused with its place and reason; nothing of it is kept, and the server lives on.</summary>
public sealed class BadInputTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    const int TenMegabytes = 10_000_000;

    readonly TestServer server = fixture.Server;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"username": "half""", "JSON parse error")]
    [InlineData("""["username"]""", "Expected a dictionary")]
    [InlineData("""{"name": "No username"}""", "username")]
    [InlineData("""{"username": "typed", "name": "Typed", "is_active": "perhaps"}""", "is_active")]
    [InlineData("""{"username": "typed", "name": "Typed", "attributes": ["no", "object"]}""", "attributes")]
    [InlineData("""{"username": "typed", "name": "Typed", "groups": ["not-a-uuid"]}""", "groups")]
    public async Task A_body_that_does_not_fit_is_refused_with_the_reason(string body, string said)
    {
        using var admin = await server.SuperuserAsync();
        var answer = await PostAsync(admin, "/api/v3/core/users/", Encoding.UTF8.GetBytes(body));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldContain(said);
        (await server.Database.ScalarAsync<long>("SELECT count(*) FROM \"user\" WHERE username = 'typed'")).ShouldBe(0);
    }

    [Theory]
    [InlineData("/api/v3/core/users/")]
    [InlineData("/api/v3/managed/blueprints/")]
    [InlineData("/api/v3/flows/executor/default-authentication-flow/")]
    public async Task A_body_of_ten_megabytes_is_refused_and_the_server_lives_on(string door)
    {
        using var admin = await server.SuperuserAsync();
        var body = new byte[TenMegabytes];
        Array.Fill(body, (byte)'a');
        try
        {
            var answer = await PostAsync(admin, door, body);
            ((int)answer.StatusCode).ShouldBeInRange(400, 499);
        }
        catch (HttpRequestException)
        {
            // The server may close the connection before all of it was sent.
        }
        (await admin.GetAsync("/-/health/ready/", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_unknown_flow_is_not_found()
    {
        using var browser = server.Browser();
        (await browser.GetAsync("/api/v3/flows/executor/no-such-flow/", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var page = await browser.GetAsync("/if/flow/no-such-flow/", Cancellation);
        page.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        page.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
    }

    [Fact]
    public async Task A_page_that_is_not_there_is_said_in_a_page_and_to_programs_in_json()
    {
        using var browser = server.Browser();
        browser.DefaultRequestHeaders.Add("Accept", "text/html");
        var page = await browser.GetAsync("/no/such/page", Cancellation);
        page.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await page.Content.ReadAsStringAsync(Cancellation)).ShouldContain("There is no such page.");

        var answer = await browser.GetAsync("/api/v3/no/such/door/", Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
    }

    [Theory]
    [InlineData("not-a-uuid")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("'; DROP TABLE invitation; --")]
    [InlineData("")]
    public async Task A_token_that_is_no_invitation_is_told_so(string token)
    {
        using var admin = await server.SuperuserAsync();
        await ImportOnceAsync(admin);
        using var browser = server.Browser();
        var query = Uri.EscapeDataString($"itoken={Uri.EscapeDataString(token)}");
        var answer = JsonNode.Parse(await browser.GetStringAsync($"/api/v3/flows/executor/invitation-enrollment-flow/?query={query}", Cancellation))!;
        answer["component"]!.ToString().ShouldBe("ak-stage-access-denied");
        answer["error_message"]!.ToString().ShouldBe("Invalid invite/invite not found");
    }

    [Theory]
    [InlineData("entries: [")]
    [InlineData("version: 1\nentries:\n  - model: authentik_core.nothing\n    identifiers: {name: x}\n")]
    [InlineData("version: 1\nentries:\n  - model: authentik_core.group\n    identifiers: {name: !Nothing x}\n")]
    [InlineData("version: 1\nentries:\n  - model: authentik_core.group\n    identifiers: {name: half-written}\n  - model: authentik_core.user\n    identifiers: {username: [1]}\n")]
    [InlineData("version: 1\nversion: 1\nentries: []\n")]
    public async Task A_blueprint_with_a_fault_changes_nothing(string yaml)
    {
        using var admin = await server.SuperuserAsync();
        var form = new MultipartFormDataContent { { new StringContent(yaml), "file", "faulty.yaml" } };
        var answer = await admin.PostAsync("/api/v3/managed/blueprints/import/", form, Cancellation);
        var report = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation))!;
        report["success"]!.GetValue<bool>().ShouldBeFalse();
        report["logs"]!.AsArray().Count.ShouldBeGreaterThan(0);
        (await server.Database.ScalarAsync<long>("SELECT count(*) FROM \"group\" WHERE name = 'half-written'")).ShouldBe(0);
    }

    static async Task ImportOnceAsync(HttpClient admin)
    {
        var form = new MultipartFormDataContent { { new StringContent("example/flows-invitation-enrollment-minimal.yaml"), "path" } };
        (await admin.PostAsync("/api/v3/managed/blueprints/import/", form, Cancellation)).EnsureSuccessStatusCode();
    }

    static Task<HttpResponseMessage> PostAsync(HttpClient client, string door, byte[] body) =>
        client.PostAsync(door, new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } }, Cancellation);
}
