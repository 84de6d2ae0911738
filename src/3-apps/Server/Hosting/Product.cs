using Microsoft.Extensions.DependencyInjection;
using Postern.Hosting;
using Postern.Hosting.Metrics;
using Postern.Kernel.Settings;

namespace Postern.Server.Hosting;

/// <summary>Starts the product as a program.</summary>
static class Product
{
    /// <exception cref="StartRefused">It cannot start; the message says why.</exception>
    public static async Task<RunningApp> StartAsync(PosternSettings settings, Roles roles, TimeProvider clock, CancellationToken cancellation)
    {
        var running = await RunningApp.StartAsync(
            settings, Modules.Assemblies, pools => Composition.Build(settings, pools, roles, clock, services => services.AddMetricsDoor(settings.ListenMetrics)), clock, cancellation);
        await Welcome.PrintAsync(running, settings, cancellation);
        return running;
    }
}
