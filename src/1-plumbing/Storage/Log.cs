using Microsoft.Extensions.Logging;

namespace Postern.Storage;

internal static partial class Log
{
    [LoggerMessage(EventId = 1100, Level = LogLevel.Information, Message = "Built-in PostgreSQL {Major} serves {Folder} ({Milliseconds:0} ms)")]
    public static partial void DatabaseStarted(this ILogger logger, int major, string folder, double milliseconds);

    [LoggerMessage(EventId = 1101, Level = LogLevel.Information, Message = "Applied migration {Migration} ({Milliseconds:0} ms)")]
    public static partial void MigrationApplied(this ILogger logger, string migration, double milliseconds);
}
