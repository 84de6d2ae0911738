using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Postern.Blueprints.Instances;

/// <summary>Applies files of the blueprints folder as they are written.</summary>
internal sealed class WatchFolder(BlueprintSettings settings, IServiceScopeFactory scopes, TimeProvider clock, ILogger<WatchFolder> log) : BackgroundService
{
    // Editors write a file in several steps.
    static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.Folder is not { } folder || !System.IO.Directory.Exists(folder))
            return;
        using var changed = new SemaphoreSlim(0, int.MaxValue);
        using var watcher = new FileSystemWatcher(folder, "*.yaml") { IncludeSubdirectories = true };
        void Note(object sender, FileSystemEventArgs change) => changed.Release();
        watcher.Created += Note;
        watcher.Changed += Note;
        watcher.Renamed += Note;
        watcher.EnableRaisingEvents = true;
        try
        {
            while (true)
            {
                await changed.WaitAsync(stoppingToken);
                await Task.Delay(Settling, clock, stoppingToken);
                while (changed.Wait(0, stoppingToken))
                {
                    // One look serves all changes so far.
                }

                await DiscoverAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    // What fails now is tried again within the hour.
    async Task DiscoverAsync(CancellationToken cancellation)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<DiscoverBlueprints>().ExecuteAsync(onlyIfChanged: true, cancellation);
        }
        catch (Exception failure) when (failure is DbException or DbUpdateException)
        {
            log.DiscoveryFailed(failure.Message);
        }
    }
}
