using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Postern.Api;
using Postern.Kernel.Settings;

namespace Postern.Server.Hosting;

/// <summary>Tells whoever started the server where it is and, until the first administrator exists, how to set it up.</summary>
static class Welcome
{
    public static async Task PrintAsync(WebApplication app, PosternSettings settings, CancellationToken cancellation)
    {
        var address = settings.BaseUrl?.ToString().TrimEnd('/') ?? app.Urls.FirstOrDefault()?.Replace("0.0.0.0", "localhost", StringComparison.Ordinal).Replace("[::]", "localhost", StringComparison.Ordinal);
        if (address is null)
            return;
        await Console.Error.WriteLineAsync($"Postern answers at {address}/");
        await using var scope = app.Services.CreateAsyncScope();
        foreach (var notice in scope.ServiceProvider.GetServices<IStartNotice>())
        {
            if (await notice.TextAsync(address, cancellation) is { } text)
                await Console.Error.WriteLineAsync(text);
        }
    }
}
