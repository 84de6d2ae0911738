using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Postern.Tests.Integration.Flows;

/// <summary>What administrators and invited people do with the shipped example, over the API.</summary>
internal static class EnrolmentSteps
{
    public const string Slug = "invitation-enrollment-flow";

    const string Invitations = "/api/v3/stages/invitation/invitations/";

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Imports the example and answers the flow's key.</summary>
    public static async Task<string> ImportAsync(HttpClient admin, JsonObject? context = null)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("example/flows-invitation-enrollment-minimal.yaml"), "path" },
            { new StringContent((context ?? []).ToJsonString()), "context" },
        };
        var import = await (await admin.PostAsync("/api/v3/managed/blueprints/import/", form, Cancellation)).Content.ReadFromJsonAsync<JsonObject>(Cancellation);
        import!["success"]!.GetValue<bool>().ShouldBeTrue(import.ToJsonString());
        return (await admin.GetFromJsonAsync<JsonObject>($"/api/v3/flows/instances/{context?["flow_slug"]?.ToString() ?? Slug}/", Cancellation))!["pk"]!.ToString();
    }

    /// <summary>Imports the example and makes a single-use invitation of half an hour.</summary>
    public static async Task<string> InviteAsync(HttpClient admin, JsonObject data) =>
        await InviteAsync(admin, await ImportAsync(admin), data);

    public static async Task<string> InviteAsync(HttpClient admin, string? flow, JsonObject data, bool isSingleUse = true)
    {
        var body = new JsonObject { ["name"] = "jane-smith", ["single_use"] = isSingleUse, ["flow"] = flow, ["expires"] = null, ["fixed_data"] = data };
        var response = await admin.PostAsJsonAsync(Invitations, body, Cancellation);
        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        var created = await response.Content.ReadFromJsonAsync<JsonObject>(Cancellation);
        var tomorrow = DateTimeOffset.Parse(created!["expires"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture);
        await admin.PatchAsJsonAsync($"{Invitations}{created["pk"]}/", new JsonObject { ["expires"] = tomorrow.AddHours(-23.5) }, Cancellation);
        return created["pk"]!.ToString();
    }

    public static async Task<JsonObject> EnrolAsync(HttpClient browser, string invitation, string username, string slug = Slug)
    {
        await GetAsync(browser, invitation, slug);
        await AnswerAsync(browser, invitation, Credentials(username), slug);
        return await AnswerAsync(browser, invitation, new JsonObject { ["name"] = username, ["email"] = $"{username}@example.com" }, slug);
    }

    public static JsonObject Credentials(string username) => new() { ["username"] = username, ["password"] = "a pass phrase", ["password_repeat"] = "a pass phrase" };

    public static async Task<JsonObject> GetAsync(HttpClient browser, string invitation, string slug = Slug) =>
        (await browser.GetFromJsonAsync<JsonObject>(Url(invitation, slug), Cancellation))!;

    public static async Task<JsonObject> AnswerAsync(HttpClient browser, string invitation, JsonObject answer, string slug = Slug) =>
        (await (await browser.PostAsJsonAsync(Url(invitation, slug), answer, Cancellation)).Content.ReadFromJsonAsync<JsonObject>(Cancellation))!;

    static string Url(string invitation, string slug) => $"/api/v3/flows/executor/{slug}/?query={Uri.EscapeDataString($"itoken={invitation}")}";
}
