using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Postern.Directory.Passwords;
using Postern.Directory.Tokens;
using Postern.Directory.Users;
using Postern.Hosting;
using Postern.Kernel.Settings;
using Postern.Kernel.Values;
using Postern.Server.Hosting;
using Postern.Storage;
using Postern.Storage.Opening;

namespace Postern.Tests.Benchmarks.Scale;

/// <summary>The verbs <c>seed</c> and <c>directory</c>: fill the database of the environment, and time the lists of one.</summary>
static class ScaleCommand
{
    public static async Task SeedAsync(string[] sizes)
    {
        await using var database = await OpenAsync();
        await SeedDirectory.RunAsync(database.Pools.Requests, SeedSizes.Read(sizes), Console.WriteLine);
    }

    public static async Task<IReadOnlyList<string>> MeasureAsync()
    {
        var settings = Settings();
        await using var database = await OpenAsync();
        await using var app = Composition.Build(settings, database.Pools, Roles.Server, TimeProvider.System);
        await RunningApp.PrepareAsync(app.Services, CancellationToken.None);
        await app.StartAsync();
        var address = new Uri(app.Urls.First());
        var (username, token) = await AdministratorAsync(app.Services);
        using var program = new HttpClient { BaseAddress = address };
        program.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using var person = await SignInAsync(address, username);
        var table = await MeasureDirectory.RunAsync(program, person, database.Pools.Requests);
        await app.StopAsync();
        return table;
    }

    static PosternSettings Settings() => EnvironmentSettings.OfProcess().Read().Value;

    static Task<PosternDatabase> OpenAsync() => OpenDatabase.ExecuteAsync(Settings(), Modules.Assemblies, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);

    /// <summary>A browser in which somebody signed in by the shipped flow.</summary>
    static async Task<HttpClient> SignInAsync(Uri address, string username)
    {
        const string flow = "/api/v3/flows/executor/default-authentication-flow/?query=";
        var cookies = new CookieContainer();
        var browser = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { BaseAddress = address };
        await browser.GetStringAsync(flow);
        foreach (var answer in new object[] { new { uid_field = username }, new { password = username } })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, flow) { Content = JsonContent.Create(answer) };
            request.Headers.Add("X-authentik-CSRF", cookies.GetCookies(address)["authentik_csrf"]!.Value);
            (await browser.SendAsync(request)).EnsureSuccessStatusCode();
        }
        return browser;
    }

    /// <summary>A superuser for this run, whose name is their password, with a key.</summary>
    static async Task<(string Username, string Token)> AdministratorAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PosternDb>();
        var now = TimeProvider.System.GetUtcNow();
        var name = $"measure-{now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)}";
        var user = new User { Username = name, DateJoined = now, LastUpdated = now, PasswordChangeDate = now, Password = PasswordHash.Encode(name, 1000) };
        db.Add(user);
        await db.SaveChangesAsync();
        await db.ExecuteAsync(
            "WITH g AS (INSERT INTO \"group\" (pk, name, is_superuser, attributes) VALUES (gen_random_uuid(), $2, true, '{}') RETURNING pk) INSERT INTO user_group (user_pk, group_pk) SELECT $1, pk FROM g",
            CancellationToken.None, user.Pk, name);
        var token = new Token { Identifier = name, Key = RandomText.Alphanumeric(60), Intent = TokenIntent.Api, UserPk = user.Pk, Expiring = false };
        db.Add(token);
        await db.SaveChangesAsync();
        return (name, token.Key);
    }
}
