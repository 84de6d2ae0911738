using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Postern.Api;
using Postern.Api.Http;
using Postern.Directory.Sessions;
using Postern.Directory.Users;
using Postern.Storage;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Sessions;

/// <summary>A server with doors to sign in and out, to remember something, and to ask who one is.</summary>
public sealed class SessionDoors : IAsyncLifetime
{
    public TestServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await TestServer.StartAsync(adjust: services => services.AddSingleton<IRequestStep>(new TestDoor("/test", HandleAsync)));

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    /// <summary>Signs in as the user; <paramref name="query"/> may hold <c>days</c> and <c>others=end</c>.</summary>
    public static async Task<HttpResponseMessage> SignInAsync(HttpClient browser, User user, string query = "") =>
        await browser.GetAsync($"/test/in?user={user.Pk}&{query}", TestContext.Current.CancellationToken);

    public static async Task<JsonElement> WhoAsync(HttpClient browser) =>
        JsonDocument.Parse(await browser.GetStringAsync("/test/who", TestContext.Current.CancellationToken)).RootElement;

    public static async Task<string?> NameAsync(HttpClient browser) => (await WhoAsync(browser)).GetProperty("username").GetString();

    static async Task HandleAsync(HttpContext http)
    {
        var services = http.RequestServices;
        switch (http.Request.Path.Value)
        {
            case "/test/in":
                var pk = int.Parse(http.Request.Query["user"]!, System.Globalization.CultureInfo.InvariantCulture);
                var user = await services.GetRequiredService<PosternDb>().Set<User>().SingleAsync(u => u.Pk == pk);
                var days = http.Request.Query["days"].FirstOrDefault() is { } text ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : 0;
                var details = new SignInDetails("password", []) { Duration = TimeSpan.FromDays(days), EndOtherSessions = http.Request.Query["others"] == "end" };
                var outcome = await services.GetRequiredService<SignIn>().ExecuteAsync(http, user, details, http.RequestAborted);
                await http.Response.WriteAsync(outcome.Fault?.Message ?? http.Caller().Username);
                break;
            case "/test/out":
                await services.GetRequiredService<SignOut>().ExecuteAsync(http, context: null, http.RequestAborted);
                break;
            case "/test/remember":
                (await services.GetRequiredService<BrowserSession>().RequireAsync(http, http.RequestAborted)).Flows["note"] = http.Request.Query["note"].ToString();
                await services.GetRequiredService<PosternDb>().SaveChangesAsync();
                break;
            default:
                var session = await services.GetRequiredService<BrowserSession>().FindAsync(http.RequestAborted);
                var caller = http.Caller();
                await http.Response.WriteAsJsonAsync(new
                {
                    username = caller.Username,
                    superuser = caller.IsSuperuser,
                    roles = caller.Roles,
                    ip = caller.ClientIp?.ToString(),
                    impersonator = caller.Impersonator?.Username,
                    note = (string?)session?.Flows["note"],
                    scheme = http.Request.Scheme,
                });
                break;
        }
    }
}
