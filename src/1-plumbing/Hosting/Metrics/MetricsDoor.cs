using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Postern.Kernel.Figures;

namespace Postern.Hosting.Metrics;

/// <summary>
/// Answers figures on addresses of its own, never where the public comes by. It opens when the start is over; where the address is taken, the product goes on without figures.
/// </summary>
sealed partial class MetricsDoor(IEnumerable<IPEndPoint> addresses, InstrumentFigures instruments, IServiceScopeFactory scopes, IHostApplicationLifetime lifetime, ILogger<MetricsDoor> log) : BackgroundService
{
    WebApplication? door;

    public override void Dispose()
    {
        (door as IDisposable)?.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        instruments.Start();
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        var builder = Listening.Bare(kestrel =>
        {
            foreach (var address in addresses)
                kestrel.Listen(address);
        });
        door = builder.Build();
        door.Run(AnswerAsync);
        try
        {
            await door.StartAsync(stoppingToken);
        }
        catch (IOException e)
        {
            NotOpened(e.Message);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (door is not null)
            await door.StopAsync(cancellationToken);
    }

    async Task AnswerAsync(HttpContext http)
    {
        if (http.Request.Path.Value is not ("/metrics" or "/-/metrics/"))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var text = new FigureText();
        await using var scope = scopes.CreateAsyncScope();
        var reached = 1;
        foreach (var figures in scope.ServiceProvider.GetServices<IFigures>())
        {
            try
            {
                await figures.WriteAsync(text, http.RequestAborted);
            }
            catch (NpgsqlException)
            {
                // The figures that need no database are wanted most when it is away.
                reached = 0;
            }
        }
        text.Gauge("postern_database_up", "1 while the database answers.", reached);
        http.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        await http.Response.WriteAsync(text.ToString(), http.RequestAborted);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "No figures are answered, because the address for them cannot be used: {Reason}")]
    partial void NotOpened(string reason);
}

/// <summary>Adds figures to a program.</summary>
public static class MetricsRegistration
{
    /// <summary>The figures of the process, and the door that answers all figures at these addresses.</summary>
    public static IServiceCollection AddMetricsDoor(this IServiceCollection services, IReadOnlyList<IPEndPoint> addresses)
    {
        services.AddSingleton<IFigures, ProcessFigures>().AddSingleton<InstrumentFigures>().AddSingleton<IFigures>(s => s.GetRequiredService<InstrumentFigures>());
        return services.AddHostedService(s => new MetricsDoor(
            addresses, s.GetRequiredService<InstrumentFigures>(), s.GetRequiredService<IServiceScopeFactory>(), s.GetRequiredService<IHostApplicationLifetime>(), s.GetRequiredService<ILogger<MetricsDoor>>()));
    }
}
