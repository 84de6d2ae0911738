using Microsoft.Extensions.Logging;

namespace Postern.Policies;

static partial class Log
{
    [LoggerMessage(EventId = 2400, Level = LogLevel.Error, Message = "Policy {Policy} broke")]
    public static partial void PolicyBroke(this ILogger logger, Exception exception, string policy);

    [LoggerMessage(EventId = 2401, Level = LogLevel.Error, Message = "A helper of expression {Expression} broke")]
    public static partial void HelperBroke(this ILogger logger, Exception exception, string expression);
}
