using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Authenticators;

/// <summary>Somebody who goes through flows over the API, in a browser of their own.</summary>
sealed class Visitor : IDisposable
{
    readonly CookieContainer cookies;
    readonly Uri address;

    public Visitor(TestServer server, CookieContainer? cookies = null)
        : this(server.Address, cookies)
    {
    }

    public Visitor(Uri address, CookieContainer? cookies = null)
    {
        (this.cookies, this.address) = (cookies ?? new CookieContainer(), address);
        Http = new HttpClient(new SocketsHttpHandler { CookieContainer = this.cookies, AllowAutoRedirect = false }) { BaseAddress = address };
    }

    public HttpClient Http { get; }

    /// <summary>Puts a cookie into the browser, as somebody else might.</summary>
    public void Plant(string name, string value) => cookies.Add(address, new Cookie(name, value, "/"));

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async Task<JsonObject> ShowAsync(string flow, string query = "") => (await Http.GetFromJsonAsync<JsonObject>(Url(flow, query), Cancellation))!;

    public async Task<JsonObject> AnswerAsync(string flow, JsonObject answer, string query = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Url(flow, query)) { Content = JsonContent.Create(answer) };
        if (cookies.GetCookies(address)["authentik_csrf"] is { } csrf)
            request.Headers.Add("X-authentik-CSRF", csrf.Value);
        using var response = await Http.SendAsync(request, Cancellation);
        return (await response.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!;
    }

    /// <summary>Name and password; answers what comes after.</summary>
    public async Task<JsonObject> SignInAsync(string username, string flow = MfaServer.SignIn, string password = MfaServer.Password)
    {
        await ShowAsync(flow);
        await AnswerAsync(flow, new JsonObject { ["uid_field"] = username });
        return await AnswerAsync(flow, new JsonObject { ["password"] = password });
    }

    /// <summary>Forgets the runs of this browser.</summary>
    public async Task CancelAsync() => (await Http.GetAsync("/flows/-/cancel/", Cancellation)).Dispose();

    /// <summary>Who is signed in; null for nobody.</summary>
    public async Task<string?> WhoAsync()
    {
        using var response = await Http.GetAsync("/api/v3/core/users/me/", Cancellation);
        return response.IsSuccessStatusCode ? (await response.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!["user"]!["username"]!.ToString() : null;
    }

    public void Dispose() => Http.Dispose();

    static string Url(string flow, string query) => $"/api/v3/flows/executor/{flow}/?query={Uri.EscapeDataString(query)}";
}

/// <summary>Reads what a flow answers.</summary>
static class Challenges
{
    public static string Component(this JsonObject challenge) => challenge["component"]!.ToString();

    /// <summary>The first error of a field; null for none.</summary>
    public static string? Error(this JsonObject challenge, string field) => challenge["response_errors"]?[field]?[0]?["string"]?.ToString();
}
