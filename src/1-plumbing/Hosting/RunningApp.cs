using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Postern.Api;
using Postern.Kernel.Settings;
using Postern.Storage.Opening;

namespace Postern.Hosting;

/// <summary>A running program: database, services, web server.</summary>
public sealed class RunningApp : IAsyncDisposable
{
    readonly PosternDatabase database;
    readonly CancellationTokenSource ending = new();

    RunningApp(PosternDatabase database, WebApplication app, TimeProvider clock)
    {
        (this.database, App) = (database, app);
        _ = GiveBackMemory.WhenIdleAsync(clock, ending.Token);
    }

    public WebApplication App { get; }

    /// <summary>Opens and migrates the database, builds the application on it, runs what must precede the first request, and starts to listen.</summary>
    /// <exception cref="StartRefused">It cannot start; the message says why.</exception>
    public static async Task<RunningApp> StartAsync(
        HostSettings settings, IEnumerable<Assembly> migrations, Func<DatabasePools, WebApplication> build, TimeProvider clock, CancellationToken cancellation)
    {
        using var logs = Logs.Factory(settings);
        var opened = await OpenDatabase.ExecuteAsync(settings, migrations, clock, logs, cancellation);
        try
        {
            var app = build(opened.Pools);
            await PrepareAsync(app.Services, cancellation);
            await app.StartAsync(cancellation);
            return new RunningApp(opened, app, clock);
        }
        catch (IOException e)
        {
            await opened.DisposeAsync();
            throw new StartRefused($"It cannot listen: {e.Message}", e);
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs each slice's first-start work, in order.</summary>
    public static async Task PrepareAsync(IServiceProvider services, CancellationToken cancellation)
    {
        await using var scope = services.CreateAsyncScope();
        foreach (var task in scope.ServiceProvider.GetServices<IStartTask>().OrderBy(t => t.Order))
            await task.RunAsync(cancellation);
    }

    /// <summary>The address to tell whoever started it; null when it listens nowhere.</summary>
    public string? Address(HostSettings settings) => settings.BaseUrl?.ToString().TrimEnd('/')
        ?? App.Urls.FirstOrDefault()?.Replace("0.0.0.0", "localhost", StringComparison.Ordinal).Replace("[::]", "localhost", StringComparison.Ordinal);

    /// <summary>Returns when a signal, the caller, or the end of the private database asks it to stop.</summary>
    public async Task WaitForShutdownAsync(CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var ended = database.Ended.ContinueWith(_ => stop.Cancel(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        await App.WaitForShutdownAsync(stop.Token);
        _ = ended;
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        ending.Dispose();
        await App.DisposeAsync();
        await database.DisposeAsync();
    }
}
