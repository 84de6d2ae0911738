using Microsoft.Extensions.Logging;

namespace Postern.Stages;

static partial class Log
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Prompt {Prompt} could not be evaluated: {Reason} (line {Line})")]
    public static partial void PromptFailed(this ILogger log, string prompt, string reason, int line);
}
