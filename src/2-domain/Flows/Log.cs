using Microsoft.Extensions.Logging;

namespace Postern.Flows;

static partial class Log
{
    [LoggerMessage(Level = LogLevel.Error, Message = "A stage of flow {Flow} broke, request {RequestId}")]
    public static partial void StageBroke(this ILogger log, Exception error, string flow, string requestId);
}
