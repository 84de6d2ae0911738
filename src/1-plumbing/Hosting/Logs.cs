using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Postern.Kernel.Settings;

namespace Postern.Hosting;

/// <summary>One JSON object per line on standard output; on a terminal, lines for people.</summary>
public static class Logs
{
    public static ILoggerFactory Factory(HostSettings settings) => LoggerFactory.Create(builder => Configure(builder, settings));

    /// <summary>For programs whose output is an answer: only what is wrong is told, on standard error.</summary>
    public static void Aside(ILoggingBuilder builder)
    {
        builder.SetMinimumLevel(LogLevel.Warning);
        builder.Services.Configure<ConsoleLoggerOptions>(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    public static void Configure(ILoggingBuilder builder, HostSettings settings)
    {
        builder.ClearProviders();
        builder.SetMinimumLevel(Level(settings.LogLevel));
        builder.AddFilter("Microsoft", LogLevel.Warning);
        builder.AddFilter("Npgsql", LogLevel.Warning);
        // Failures of a request are logged once, by the request boundary.
        builder.AddFilter("Microsoft.EntityFrameworkCore.Update", LogLevel.None);
        builder.AddFilter("Microsoft.EntityFrameworkCore.Database.Command", LogLevel.None);
        // Each tells what a stranger sent: a stream reset too often would be logged once for every stream of the connection.
        builder.AddFilter("Microsoft.AspNetCore.Server.Kestrel.Http2", LogLevel.None);
        if (Console.IsOutputRedirected)
        {
            builder.AddJsonConsole(o =>
            {
                o.UseUtcTimestamp = true;
                o.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
                o.IncludeScopes = true;
            });
        }
        else
            builder.AddSimpleConsole(o => o.SingleLine = true);
    }

    static LogLevel Level(LogThreshold threshold) => threshold switch
    {
        LogThreshold.Trace => LogLevel.Trace,
        LogThreshold.Debug => LogLevel.Debug,
        LogThreshold.Warning => LogLevel.Warning,
        LogThreshold.Error => LogLevel.Error,
        _ => LogLevel.Information,
    };
}
