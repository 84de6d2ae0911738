using Spectre.Console;

namespace Postern.Cli;

/// <summary>What is shown to a person who waits, beside the answer: on standard error, and only where that is a terminal.</summary>
static class Terminal
{
    public static IAnsiConsole Errors { get; } = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    /// <summary>Does long work under a bar. The work tells how much of how much is done.</summary>
    public static Task<T> ProgressAsync<T>(string title, Func<Action<double, double>, Task<T>> work) => Console.IsErrorRedirected
        ? work(static (_, _) => { })
        : Errors.Progress().AutoClear(enabled: true).StartAsync(context =>
        {
            var bar = context.AddTask(title);
            return work((done, total) => (bar.MaxValue, bar.Value) = (Math.Max(total, 1), done));
        });
}
