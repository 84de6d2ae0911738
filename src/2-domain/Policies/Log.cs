using Microsoft.Extensions.Logging;

namespace Postern.Policies;

static partial class Log
{
    [LoggerMessage(EventId = 2400, Level = LogLevel.Warning, Message = "Policy {Policy} failed to execute: {Reason}")]
    public static partial void PolicyFailed(this ILogger logger, string policy, string reason);

    [LoggerMessage(EventId = 2401, Level = LogLevel.Information, Message = "Policy {Policy} executed: {Passing}")]
    public static partial void PolicyExecuted(this ILogger logger, string policy, bool passing);

    [LoggerMessage(EventId = 2402, Level = LogLevel.Error, Message = "Policy {Policy} broke")]
    public static partial void PolicyBroke(this ILogger logger, Exception exception, string policy);
}
