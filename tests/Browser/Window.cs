using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Postern.Tests.Browser;

/// <summary>One browser window that remembers what went wrong in it.</summary>
sealed class Window : IAsyncDisposable
{
    readonly IBrowserContext context;
    readonly ConcurrentQueue<string> faults = new();

    public Window(IBrowserContext context, IPage page, string ownHost)
    {
        (this.context, Page) = (context, page);
        page.PageError += (_, error) => faults.Enqueue($"script error: {error}");
        page.Console += (_, message) =>
        {
            if (message.Type is "error")
                faults.Enqueue($"console: {message.Text}");
        };
        page.Dialog += async (_, dialog) =>
        {
            faults.Enqueue($"dialog: {dialog.Message}");
            await dialog.DismissAsync();
        };
        page.Request += (_, request) =>
        {
            if (request.Url.StartsWith("http", StringComparison.Ordinal) && !request.Url.StartsWith(ownHost, StringComparison.Ordinal))
                faults.Enqueue($"request to another host: {request.Url}");
        };
    }

    public IPage Page { get; }

    public IReadOnlyCollection<string> Faults => faults;

    /// <summary>Whatever the test looked at: no page broke its own content policy, which Chromium tells as an error.</summary>
    public async ValueTask DisposeAsync()
    {
        await context.DisposeAsync();
        if (faults.Where(f => f.Contains("Content Security Policy", StringComparison.Ordinal)).ToList() is { Count: > 0 } violations)
            throw new InvalidOperationException(string.Join('\n', violations));
    }
}
