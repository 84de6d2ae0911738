using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Postern.Hosting;
using Postern.Jobs;
using Postern.Kernel.Values;
using Postern.Portal.Hosting;
using Postern.Portal.SignIn;
using Postern.Storage;
using Postern.Tests.Support.Databases;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Support.Portals;

/// <summary>The whole customer portal in this process, on a database of its own, listening on a free local port.</summary>
public sealed class TestPortal : IAsyncDisposable
{
    readonly WebApplication app;

    TestPortal(TestDatabase database, WebApplication app, TestClock clock, ErrorLog errors) =>
        (Database, this.app, Clock, Errors) = (database, app, clock, errors);

    public TestDatabase Database { get; }

    public TestClock Clock { get; }

    public ErrorLog Errors { get; }

    public IServiceProvider Services => app.Services;

    public Uri Address => new(app.Urls.First());

    public static async Task<TestPortal> StartAsync(IReadOnlyDictionary<string, string>? environment = null, TestClock? clock = null, Action<IServiceCollection>? adjust = null)
    {
        var cluster = await TestCluster.SharedAsync();
        var database = environment?.ContainsKey("PORTAL_SECRET_KEY") is true ? await MigratedAsync(cluster) : await cluster.CreateAsync("portal", PrepareAsync);
        var time = clock ?? TestClock.Now();
        var errors = new ErrorLog();
        var settings = Settings(environment);
        var built = Composition.Build(settings, database.Pools, time, withWorker: false, services =>
        {
            services.AddLogging(logging => logging.ClearProviders().AddProvider(errors));
            adjust?.Invoke(services);
        });
        await RunningApp.PrepareAsync(built.Services, CancellationToken.None);
        await built.StartAsync();
        return new TestPortal(database, built, time, errors);
    }

    static PortalSettings Settings(IReadOnlyDictionary<string, string>? environment)
    {
        var variables = new Dictionary<string, string>(environment ?? new Dictionary<string, string>(StringComparer.Ordinal), StringComparer.Ordinal);
        variables.TryAdd("PORTAL_LISTEN__HTTP", "127.0.0.1:0");
        variables.TryAdd("PORTAL_LOG_LEVEL", "error");
        variables.TryAdd("PORTAL_SECRET_KEY", "the secret key of all test portals, long enough");
        variables.TryAdd("PORTAL_OIDC__ISSUER", "http://127.0.0.1:1/application/o/portal/");
        return ReadPortalSettings.From(variables, _ => null).Value;
    }

    static async Task<TestDatabase> MigratedAsync(TestCluster cluster)
    {
        var database = await cluster.CreateEmptyAsync();
        await OpenDatabase.MigrateAsync(database.Source, Composition.Migrations, TestClock.Now(), NullLoggerFactory.Instance, CancellationToken.None);
        return database;
    }

    /// <summary>What a first start leaves, for portals that do not differ in it.</summary>
    static async Task<TestDatabase> PrepareAsync(TestCluster cluster)
    {
        var database = await MigratedAsync(cluster);
        await using var first = Composition.Build(Settings(null), database.Pools, TestClock.Now(), withWorker: false);
        await RunningApp.PrepareAsync(first.Services, CancellationToken.None);
        return database;
    }

    /// <summary>A browser: keeps cookies, follows no redirects.</summary>
    public PortalVisitor Stranger() => new(this, new CookieContainer());

    /// <summary>A browser in which somebody is signed in, as if the provider had sent them; every call makes a new session.</summary>
    public async Task<PortalVisitor> VisitorAsync(string email, bool isSupport = false)
    {
        var cookies = new CookieContainer();
        cookies.Add(Address, new Cookie(SessionCookie, await SessionAsync(email, isSupport)));
        return new PortalVisitor(this, cookies);
    }

    public const string SessionCookie = "portal_session";

    /// <summary>The cookie of a new session of somebody.</summary>
    public async Task<string> SessionAsync(string email, bool isSupport = false)
    {
        var key = RandomText.Alphanumeric(48);
        await InScopeAsync(async services =>
        {
            var db = services.GetRequiredService<PosternDb>();
            var subject = $"subject of {email}";
            var now = Clock.GetUtcNow();
            if (!db.Set<Person>().Any(p => p.Subject == subject))
                db.Add(new Person { Subject = subject, Email = email, EmailVerified = true, Name = email.Split('@')[0], IsSupport = isSupport, SeenAt = now });
            db.Add(new PortalSession
            {
                KeyHash = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(key)),
                Subject = subject,
                FormToken = RandomText.Alphanumeric(32),
                CreatedAt = now,
                ExpiresAt = now + PortalSession.Idle,
            });
            return await db.SaveChangesAsync();
        });
        return key;
    }

    /// <summary>Runs all jobs that are due, mails included.</summary>
    public Task<int> RunJobsAsync() => app.Services.GetRequiredService<JobRunner>().RunDueAsync(CancellationToken.None);

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
            throw new InvalidOperationException("The portal logged errors that no test claimed:\n" + string.Join('\n', unclaimed));
    }
}
