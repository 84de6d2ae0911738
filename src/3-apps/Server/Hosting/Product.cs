using Microsoft.AspNetCore.Builder;
using Postern.Kernel.Settings;
using Postern.Storage.Opening;

namespace Postern.Server.Hosting;

/// <summary>A running product: database, services, web server.</summary>
sealed class Product : IAsyncDisposable
{
    readonly PosternDatabase database;

    Product(PosternDatabase database, WebApplication app) => (this.database, App) = (database, app);

    public WebApplication App { get; }

    /// <summary>Opens and migrates the database, wires the slices, runs what must precede the first request, and starts to listen.</summary>
    /// <exception cref="StartRefused">It cannot start; the message says why.</exception>
    public static async Task<Product> StartAsync(PosternSettings settings, Roles roles, TimeProvider clock, CancellationToken cancellation)
    {
        using var logs = Logs.Factory(settings);
        var opened = await OpenDatabase.ExecuteAsync(settings, clock, logs, cancellation);
        try
        {
            var app = Composition.Build(settings, opened.Pools, roles, clock, static services => services.AddHostedService<TidyAfterStart>());
            await Composition.PrepareAsync(app.Services, cancellation);
            await app.StartAsync(cancellation);
            await Welcome.PrintAsync(app, settings, cancellation);
            return new Product(opened, app);
        }
        catch (IOException e)
        {
            await opened.DisposeAsync();
            throw new StartRefused($"Postern cannot listen: {e.Message}", e);
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

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
        await App.DisposeAsync();
        await database.DisposeAsync();
    }
}
