using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Postern.Jobs;
using Postern.Tests.Integration.Flows;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Invitations;

/// <summary>A server with an enrolment flow and a mail server beside it.</summary>
public sealed class InvitationServer : IAsyncLifetime
{
    public const string Invitations = "stages/invitation/invitations/";

    public SmtpServer Mail { get; } = new();

    public TestServer Server { get; private set; } = null!;

    public HttpClient Root { get; private set; } = null!;

    /// <summary>Key of the enrolment flow.</summary>
    public string Flow { get; private set; } = "";

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Server = await TestServer.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["POSTERN_EMAIL__HOST"] = "127.0.0.1",
            ["POSTERN_EMAIL__PORT"] = Mail.Port.ToString(CultureInfo.InvariantCulture),
            ["POSTERN_BASE_URL"] = "https://id.example.org",
        });
        Root = await Server.SuperuserAsync();
        Flow = await EnrolmentSteps.ImportAsync(Root);
    }

    public async ValueTask DisposeAsync()
    {
        Root.Dispose();
        await Server.DisposeAsync();
        await Mail.DisposeAsync();
    }

    /// <summary>Makes an invitation for the flow, for a single use unless the fields say otherwise; answers it.</summary>
    public async Task<JsonNode> InviteAsync(JsonObject? fields = null, HttpClient? by = null)
    {
        var answer = await AskAsync(fields, by);
        ((int)answer.Status).ShouldBe(201, answer.ToString());
        return answer.Json;
    }

    public Task<Answer> AskAsync(JsonObject? fields = null, HttpClient? by = null)
    {
        var body = new JsonObject { ["name"] = "jane-doe-2026-11", ["flow"] = Flow, ["single_use"] = true };
        foreach (var (name, value) in fields ?? [])
            body[name] = value?.DeepClone();
        return (by ?? Root).PostApiAsync(Invitations, body.ToJsonString());
    }

    public async Task<JsonNode> ReadAsync(string pk) => (await Root.GetApiAsync($"{Invitations}{pk}/")).Json;

    public async Task<string> StatusAsync(string pk) => (await ReadAsync(pk))["status"]!.ToString();

    /// <summary>The kinds of lines of its history, oldest first.</summary>
    public async Task<IReadOnlyList<string>> HistoryAsync(string pk) =>
        [.. (await Root.GetApiAsync($"{Invitations}{pk}/history/")).Json.AsArray().Reverse().Select(e => e!["what"]!.ToString())];

    /// <summary>Somebody enrols in a browser of their own; answers the last challenge.</summary>
    public async Task<JsonObject> EnrolAsync(string pk, string username)
    {
        using var browser = Server.Browser();
        return await EnrolmentSteps.EnrolAsync(browser, pk, username);
    }

    public async Task<JsonNode> UserAsync(string username) =>
        (await Root.GetApiAsync($"core/users/?username={username}")).Json["results"]![0]!;

    /// <summary>Runs the jobs that are due; <paramref name="schedules"/> those too that repeat.</summary>
    public async Task WorkAsync(bool schedules = false)
    {
        var runner = Server.Services.GetRequiredService<JobRunner>();
        if (schedules)
        {
            await runner.PlantSchedulesAsync(Cancellation);
            await Server.Database.ExecuteAsync("UPDATE job SET run_at = 'epoch' WHERE kind LIKE 'invitations.%' AND failed_at IS NULL");
        }
        // A long job may leave others behind it.
        while (await runner.RunDueAsync(Cancellation) > 0)
        {
        }
    }

    /// <summary>A browser in which a superuser is signed in.</summary>
    public async Task<HttpClient> ConsoleAsync()
    {
        var name = $"console-{Guid.NewGuid():N}";
        var user = await Server.AddSuperuserAsync(name);
        (await Root.PostApiAsync($"core/users/{user.Pk}/set_password/", """{"password": "a pass phrase"}""")).Status.ShouldBe(System.Net.HttpStatusCode.NoContent);
        return await SignedInAsync(name);
    }

    /// <summary>A browser in which somebody with the usual password of these tests is signed in.</summary>
    public async Task<HttpClient> SignedInAsync(string username)
    {
        const string flow = "/api/v3/flows/executor/default-authentication-flow/?query=";
        var browser = Server.Browser();
        await browser.GetAsync(flow, Cancellation);
        foreach (var answer in new[] { new JsonObject { ["uid_field"] = username }, new JsonObject { ["password"] = "a pass phrase" } })
            await browser.PostAsJsonAsync(flow, answer, Cancellation);
        (await MeAsync(browser))!["user"]!["username"]!.ToString().ShouldBe(username);
        return browser;
    }

    public Task<JsonObject?> MeAsync(HttpClient browser) => browser.GetFromJsonAsync<JsonObject>("/api/v3/core/users/me/", Cancellation);
}
