using Postern.Hosting;

namespace Postern.Portal.Hosting;

/// <summary>The program <c>postern-portal</c>: reads its settings, starts, serves until told to stop.</summary>
static class PortalProgram
{
    public static async Task<int> RunAsync(CancellationToken cancellation)
    {
        if (!ReadPortalSettings.From(ProcessEnvironment.Variables, ProcessEnvironment.ReadFile).Succeeded(out var settings, out var fault))
        {
            await Console.Error.WriteLineAsync(ProcessEnvironment.Explain(fault, "The portal"));
            return 2;
        }
        try
        {
            await using var running = await RunningApp.StartAsync(
                settings, Composition.Migrations, pools => Composition.Build(settings, pools, TimeProvider.System, withWorker: true), TimeProvider.System, cancellation);
            await Console.Error.WriteLineAsync($"The customer portal answers at {running.Address(settings)}/");
            await running.WaitForShutdownAsync(cancellation);
            return 0;
        }
        catch (StartRefused e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }
}
