using Microsoft.Extensions.Logging;

namespace Postern.Directory.Places;

static partial class Log
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The database of places or networks at {Path} cannot be read; addresses are looked up without it")]
    public static partial void PlacesUnreadable(this ILogger log, Exception exception, string path);
}
