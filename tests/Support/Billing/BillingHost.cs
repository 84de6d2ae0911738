using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Postern.Billing.Accounts;
using Postern.Billing.Fulfilment;
using Postern.Billing.Orders;
using Postern.Hosting;
using Postern.Jobs;
using Postern.Kernel.Settings;
using Postern.Storage;
using Postern.Storage.Opening;
using Postern.Tests.Support.Databases;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Support.Billing;

/// <summary>Billing on a database of its own, with its doors on a free local port, and a portal that writes down what it is asked to issue.</summary>
public sealed class BillingHost : IAsyncDisposable
{
    static readonly Uri Back = new("https://portal.example/organizations");

    readonly WebApplication app;

    BillingHost(TestDatabase database, WebApplication app, TestClock clock, ErrorLog errors) => (Database, this.app, Clock, Errors) = (database, app, clock, errors);

    public TestDatabase Database { get; }

    public TestClock Clock { get; }

    public ErrorLog Errors { get; }

    public Uri Address => new(app.Urls.First());

    /// <param name="payments">Says who takes cards.</param>
    public static async Task<BillingHost> StartAsync(TestClock clock, Action<IServiceCollection> payments)
    {
        var database = await (await TestCluster.SharedAsync()).CreateAsync();
        await database.ExecuteAsync(
            """
            CREATE TABLE test_key (order_id uuid, revision integer, reason text, internal_users integer, external_users integer, until timestamptz, PRIMARY KEY (order_id, revision));
            CREATE TABLE test_revoked (order_id uuid PRIMARY KEY, reason text);
            CREATE TABLE test_told (id bigint GENERATED ALWAYS AS IDENTITY, order_id uuid, kind text, detail text);
            """);
        var errors = new ErrorLog();
        var builder = Listening.Bare(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.AddProvider(errors);
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["POSTERN_SECRET_KEY"] = "the secret key of all test portals, long enough" };
        var settings = ReadSettings.From(variables, _ => null).Value;
        builder.Services.AddSingleton(settings).AddSingleton<HostSettings>(settings).AddDatabase(database.Pools).AddSingleton<TimeProvider>(clock);
        builder.Services.AddRouting().AddStorage().AddJobs().AddScoped<IFulfilment, WrittenDown>().AddSingleton<Trouble>();
        var module = new Postern.Billing.Module();
        module.Register(builder.Services);
        payments(builder.Services);
        var built = builder.Build();
        built.UseRouting();
        module.Map(built);
        await built.StartAsync();
        return new BillingHost(database, built, clock, errors);
    }

    public HttpClient Browser() => new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address };

    /// <summary>While true, the portal fails at whatever it is asked.</summary>
    public void PortalFails(bool fails) => app.Services.GetRequiredService<Trouble>().Fails = fails;

    public async Task<T> InScopeAsync<T>(Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider);
    }

    /// <summary>Runs one use case or job of its own scope.</summary>
    public Task<T> RunAsync<TService, T>(Func<TService, Task<T>> work)
        where TService : notnull => InScopeAsync(s => work(s.GetRequiredService<TService>()));

    /// <summary>Runs every job that is due, and those that follow from them.</summary>
    public async Task RunJobsAsync()
    {
        while (await app.Services.GetRequiredService<JobRunner>().RunDueAsync(CancellationToken.None) > 0)
        {
        }
    }

    /// <summary>Runs a scheduled job now, and the jobs that follow from it.</summary>
    public async Task RunAsync<TJob>()
        where TJob : IJobHandler
    {
        await RunAsync<TJob, bool>(async job =>
        {
            await job.ExecuteAsync([], CancellationToken.None);
            return true;
        });
        await RunJobsAsync();
    }

    /// <summary>An order of an organisation that has a billing address in Ireland.</summary>
    public async Task<Order> OrderAsync(Guid organization, string provider, int internalUsers = 10, int externalUsers = 0, string currency = "USD")
    {
        var saved = await RunAsync<SaveBillingAccount, Kernel.Result<BillingAccount>>(s => s.ExecuteAsync(
            organization, new("Example Ltd", "billing@example.com", "", "1 Main Street", "", "D01", "Dublin", "", "IE", "", ""), CancellationToken.None));
        _ = saved.Value;
        return (await RunAsync<PlaceOrder, Kernel.Result<Order>>(p => p.ExecuteAsync(
            organization, new("enterprise", currency, "Main", Guid.NewGuid(), internalUsers, externalUsers, provider, "owner"), CancellationToken.None))).Value;
    }

    /// <summary>Opens the order's checkout, and answers its id.</summary>
    public async Task<string> CheckoutAsync(Order order) =>
        (await RunAsync<StartCheckout, Kernel.Result<Postern.Billing.Providers.HostedPage>>(s => s.ExecuteAsync(order.OrganizationId, order.Id, Back, Back, CancellationToken.None))).Value.Id;

    /// <summary>The keys issued for an order, <c>revision reason internal/external until</c>.</summary>
    public async Task<IReadOnlyList<string>> KeysAsync(Guid order) =>
        await LinesAsync($"SELECT revision || ' ' || reason || ' ' || internal_users || '/' || external_users || ' ' || to_char(until AT TIME ZONE 'UTC', 'YYYY-MM-DD') FROM test_key WHERE order_id = '{order}' ORDER BY revision");

    /// <summary>What people were told about an order, in order.</summary>
    public async Task<IReadOnlyList<string>> ToldAsync(Guid order) => await LinesAsync($"SELECT kind FROM test_told WHERE order_id = '{order}' ORDER BY id");

    public async Task<IReadOnlyList<string>> LinesAsync(string sql)
    {
        await using var command = Database.Source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
            lines.Add(reader.GetValue(0).ToString()!);
        return lines;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        await Database.DisposeAsync();
        if (Errors.Claim() is { Count: > 0 } unclaimed)
            throw new InvalidOperationException("Billing logged errors that no test claimed:\n" + string.Join('\n', unclaimed));
    }

    sealed class Trouble
    {
        public bool Fails { get; set; }
    }

    // The primary keys make a second key or revocation an error.
    sealed class WrittenDown(PosternDb db, Trouble trouble) : IFulfilment
    {
        public Task IssueAsync(Entitlement e, CancellationToken cancellation) => WriteAsync(
            "INSERT INTO test_key VALUES ($1, $2, $3, $4, $5, $6)", cancellation, e.OrderId, e.Revision, e.Reason.ToString(), e.InternalUsers, e.ExternalUsers, e.PaidThrough);

        public Task RevokeAsync(Guid organizationId, Guid orderId, RevokeReason reason, CancellationToken cancellation) =>
            WriteAsync("INSERT INTO test_revoked VALUES ($1, $2)", cancellation, orderId, reason.ToString());

        public Task TellAsync(BillingNotice notice, CancellationToken cancellation) =>
            WriteAsync("INSERT INTO test_told (order_id, kind, detail) VALUES ($1, $2, $3)", cancellation, notice.OrderId, notice.Kind.ToString(), notice.Detail);

        async Task WriteAsync(string sql, CancellationToken cancellation, params object[] values)
        {
            if (trouble.Fails)
                throw new InvalidOperationException("The portal is in trouble.");
            await db.ExecuteAsync(sql, cancellation, values);
        }
    }
}
