using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Postern.Tests.Browser.Journeys;

/// <summary>An application of somebody's that signs people in by the code flow, set up with what an administrator copies from the screen.</summary>
sealed class OwnApplication : IAsyncDisposable
{
    readonly WebApplication app;
    readonly HttpClient client = new();

    OwnApplication(WebApplication app) => this.app = app;

    public string Address => app.Urls.First();

    public string RedirectUri => $"{Address}/callback";

    public string Issuer { get; set; } = "";

    public string ClientId { get; set; } = "";

    public string ClientSecret { get; set; } = "";

    public static async Task<OwnApplication> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var application = new OwnApplication(builder.Build());
        application.app.Urls.Add("http://127.0.0.1:0");
        application.app.MapGet("/", application.SendAsync);
        application.app.MapGet("/callback", application.ReceiveAsync);
        application.app.MapGet("/favicon.ico", () => Results.NoContent());
        await application.app.StartAsync();
        return application;
    }

    async Task<IResult> SendAsync() => Results.Redirect(
        $"{(await DiscoverAsync())["authorization_endpoint"]}?response_type=code&scope=openid%20profile&state=s&client_id={ClientId}&redirect_uri={Uri.EscapeDataString(RedirectUri)}");

    async Task<IResult> ReceiveAsync(string code)
    {
        var addresses = await DiscoverAsync();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = RedirectUri,
            ["client_id"] = ClientId,
            ["client_secret"] = ClientSecret,
        });
        using var answer = await client.PostAsync(addresses["token_endpoint"]!.ToString(), form);
        answer.EnsureSuccessStatusCode();
        using var ask = new HttpRequestMessage(HttpMethod.Get, addresses["userinfo_endpoint"]!.ToString());
        ask.Headers.Authorization = new("Bearer", (await answer.Content.ReadFromJsonAsync<JsonObject>())!["access_token"]!.ToString());
        using var told = await client.SendAsync(ask);
        return Results.Text($"Hello {(await told.Content.ReadFromJsonAsync<JsonObject>())!["name"]}");
    }

    async Task<JsonObject> DiscoverAsync() => (await client.GetFromJsonAsync<JsonObject>($"{Issuer}.well-known/openid-configuration"))!;

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        client.Dispose();
    }
}
