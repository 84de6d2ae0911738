using Microsoft.Extensions.Logging;

namespace Postern.Blueprints;

internal static partial class Log
{
    [LoggerMessage(EventId = 2300, Level = LogLevel.Warning, Message = "Blueprints folder {Folder} cannot be read: {Reason}")]
    public static partial void FolderUnreadable(this ILogger logger, string folder, string reason);

    [LoggerMessage(EventId = 2301, Level = LogLevel.Warning, Message = "Blueprint file {Path} cannot be read: {Reason}")]
    public static partial void FileUnreadable(this ILogger logger, string path, string reason);

    [LoggerMessage(EventId = 2302, Level = LogLevel.Warning, Message = "Blueprint file {Path} is larger than {MaxBytes} bytes and is left out")]
    public static partial void FileTooLarge(this ILogger logger, string path, int maxBytes);

    [LoggerMessage(EventId = 2303, Level = LogLevel.Warning, Message = "Blueprint file {Path} is left out: {Problem}")]
    public static partial void FileInvalid(this ILogger logger, string path, string problem);

    [LoggerMessage(EventId = 2304, Level = LogLevel.Information, Message = "Blueprint {Name} applied: {Created} created, {Updated} updated, {Deleted} deleted, {Unchanged} unchanged")]
    public static partial void Applied(this ILogger logger, string name, int created, int updated, int deleted, int unchanged);

    [LoggerMessage(EventId = 2305, Level = LogLevel.Warning, Message = "Blueprint {Name} cannot be applied: {Problem}")]
    public static partial void NotApplied(this ILogger logger, string name, string problem);

    [LoggerMessage(EventId = 2306, Level = LogLevel.Information, Message = "Blueprint instance {Name} removed: its file {Path} is gone")]
    public static partial void InstanceRemoved(this ILogger logger, string name, string path);

    [LoggerMessage(EventId = 2307, Level = LogLevel.Warning, Message = "Changed blueprint files could not be applied: {Reason}")]
    public static partial void DiscoveryFailed(this ILogger logger, string reason);
}
