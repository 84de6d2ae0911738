using Microsoft.Extensions.Hosting;

namespace Postern.Hosting;

/// <summary>Gives the memory back that starting took and serving does not: once, when the start is over.</summary>
public sealed class TidyAfterStart(IHostApplicationLifetime lifetime, TimeProvider clock) : BackgroundService
{
    static readonly TimeSpan calm = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        await Task.Delay(calm, clock, stoppingToken);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
