using Microsoft.Playwright;

namespace Postern.Tests.Browser.Journeys;

/// <summary>
/// Counts what a person would have to click in windows: every press of the mouse, every text field that is typed into, two for a choice from a list, two for a file.
/// </summary>
sealed class Clicks
{
    const string Watch =
        """
        addEventListener('pointerdown', e => { if (!e.target.closest('input:not([type=checkbox]):not([type=radio]), textarea, select, .cm-content')) countClicks(1); }, true);
        addEventListener('focusin', e => { if (e.target.matches('input:not([type=checkbox]):not([type=radio]):not([type=file]), textarea, .cm-content')) countClicks(1); }, true);
        addEventListener('change', e => { if (e.target.matches('select, input[type=file]')) countClicks(2); }, true);
        """;

    int count;

    public int Count => Volatile.Read(ref count);

    public async Task WatchAsync(IPage page)
    {
        await page.ExposeFunctionAsync("countClicks", (int more) => Interlocked.Add(ref count, more));
        await page.AddInitScriptAsync(Watch);
    }
}
