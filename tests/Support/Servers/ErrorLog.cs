using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Postern.Tests.Support.Servers;

/// <summary>Keeps what a server logs as an error; whatever no test claims fails the class.</summary>
public sealed class ErrorLog : ILoggerProvider
{
    readonly ConcurrentQueue<string> entries = new();

    /// <summary>Takes the errors logged so far, so that they count as expected.</summary>
    public IReadOnlyList<string> Claim()
    {
        var claimed = new List<string>();
        while (entries.TryDequeue(out var entry))
            claimed.Add(entry);
        return claimed;
    }

    public ILogger CreateLogger(string categoryName) => new Collector(entries, categoryName);

    public void Dispose()
    {
    }

    sealed class Collector(ConcurrentQueue<string> entries, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                entries.Enqueue($"{category}: {formatter(state, exception)} {exception}");
        }
    }
}
