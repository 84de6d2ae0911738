using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Postern.Hosting;
using Postern.Kernel.Settings;
using Postern.Server.Hosting;
using Postern.Storage.Snapshots;
using Postern.Tests.Support.Databases;

namespace Postern.Tests.Support.Servers;

/// <summary>The whole product in this process, on a database of its own, listening on a free local port.</summary>
public sealed class TestServer : IAsyncDisposable
{
    readonly WebApplication app;

    TestServer(TestDatabase database, WebApplication app, TestClock clock, ErrorLog errors) =>
        (Database, this.app, Clock, Errors) = (database, app, clock, errors);

    public TestDatabase Database { get; }

    public TestClock Clock { get; }

    public ErrorLog Errors { get; }

    public IServiceProvider Services => app.Services;

    public Uri Address => new(app.Urls.First());

    public static async Task<TestServer> StartAsync(IReadOnlyDictionary<string, string>? environment = null, Action<IServiceCollection>? adjust = null, TestDatabase? on = null)
    {
        var cluster = await TestCluster.SharedAsync();
        var database = on ?? await AfterFirstStartAsync(cluster, environment ?? new Dictionary<string, string>(StringComparer.Ordinal));
        var clock = TestClock.Now();
        var errors = new ErrorLog();
        var settings = Settings(environment);
        var built = Composition.Build(settings, database.Pools, Roles.Server, clock, services =>
        {
            services.AddLogging(logging => logging.ClearProviders().AddProvider(errors));
            adjust?.Invoke(services);
        });
        await RunningApp.PrepareAsync(built.Services, CancellationToken.None);
        await built.StartAsync();
        database.Changed += built.Services.GetRequiredService<SnapshotHub>().Changed;
        return new TestServer(database, built, clock, errors);
    }

    static PosternSettings Settings(IReadOnlyDictionary<string, string>? environment)
    {
        var variables = new Dictionary<string, string>(environment ?? new Dictionary<string, string>(StringComparer.Ordinal), StringComparer.Ordinal);
        variables.TryAdd("POSTERN_LISTEN__HTTP", "127.0.0.1:0");
        variables.TryAdd("POSTERN_LOG_LEVEL", "error");
        variables.TryAdd("POSTERN_PASSWORD_ITERATIONS", "1000");
        // Tests knock more often than people do, all from one address.
        foreach (var limit in new[] { "ADDRESS", "ACCOUNT", "FAILURES" })
            variables.TryAdd($"POSTERN_LIMITS__{limit}", "1000000000");
        variables.TryAdd("POSTERN_SECRET_KEY", "the secret key of all test servers, long enough");
        return ReadSettings.From(variables, _ => null).Value;
    }

    static bool MattersAtFirstStart(string variable) => variable.EndsWith("SECRET_KEY", StringComparison.Ordinal) || variable.Contains("BOOTSTRAP", StringComparison.Ordinal) || variable.Contains("BLUEPRINTS", StringComparison.Ordinal);

    /// <summary>What a first start leaves, made once for all servers that do not differ in it; a folder of blueprints may hold anything.</summary>
    static Task<TestDatabase> AfterFirstStartAsync(TestCluster cluster, IReadOnlyDictionary<string, string> environment)
    {
        var own = environment.Where(v => MattersAtFirstStart(v.Key)).OrderBy(v => v.Key, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        return own.Keys.Any(k => k.Contains("BLUEPRINTS", StringComparison.Ordinal))
            ? cluster.CreateAsync()
            : cluster.CreateAsync($"server {string.Join(' ', own)}", async of =>
            {
                var database = await of.CreateAsync();
                await using var first = Composition.Build(Settings(own), database.Pools, Roles.None, TestClock.Now());
                await RunningApp.PrepareAsync(first.Services, CancellationToken.None);
                return database;
            });
    }

    /// <summary>A browser: keeps cookies, follows no redirects.</summary>
    public HttpClient Browser() => new(new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false }) { BaseAddress = Address };

    /// <summary>A browser whose pages call the API: keeps cookies and repeats the session's token.</summary>
    public HttpClient PageScript()
    {
        var cookies = new CookieContainer();
        return new(new CsrfHandler(cookies, new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false })) { BaseAddress = Address };
    }

    /// <summary>A program that sends an API token, or nothing when null.</summary>
    public HttpClient Program(string? token = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = Address };
        if (token is not null)
            client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }

    /// <summary>Runs work in a scope, as a request would.</summary>
    public async Task<T> InScopeAsync<T>(Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        await Database.DisposeAsync();
        if (Errors.Claim() is { Count: > 0 } unclaimed)
            throw new InvalidOperationException("The server logged errors that no test claimed:\n" + string.Join('\n', unclaimed));
    }
}
