using Microsoft.Extensions.DependencyInjection;
using Postern.Api;
using Postern.Hosting;
using Postern.Kernel.Settings;

namespace Postern.Server.Hosting;

/// <summary>Tells whoever started the server where it is and, until the first administrator exists, how to set it up.</summary>
static class Welcome
{
    public static async Task PrintAsync(RunningApp running, PosternSettings settings, CancellationToken cancellation)
    {
        if (running.Address(settings) is not { } address)
            return;
        await Console.Error.WriteLineAsync($"Postern answers at {address}/");
        await using var scope = running.App.Services.CreateAsyncScope();
        foreach (var notice in scope.ServiceProvider.GetServices<IStartNotice>())
        {
            if (await notice.TextAsync(address, cancellation) is { } text)
                await Console.Error.WriteLineAsync(text);
        }
    }
}
