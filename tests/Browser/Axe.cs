using System.Text.Json;
using Microsoft.Playwright;

namespace Postern.Tests.Browser;

/// <summary>WCAG 2.2 A and AA by axe-core on the page as it stands, in a window where scripts run: elsewhere its timers never do.</summary>
static class Axe
{
    const string run =
        """
        async () => (await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'] }))
          .violations.map(v => `${v.id}: ${v.help} at ${v.nodes.map(n => n.target.join(' ') + ' ' + (n.any[0]?.message ?? '')).join(' | ')}`)
        """;

    static readonly TimeSpan patience = TimeSpan.FromMinutes(1);

    static readonly Lazy<string> source = new(() => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "axe.min.js")));

    public static async Task<IReadOnlyList<string>> ViolationsAsync(this IPage page)
    {
        if (!await page.EvaluateAsync<bool>("() => !!window.axe"))
            await page.EvaluateAsync(source.Value);
        return [.. (await page.EvaluateAsync<JsonElement>(run).WaitAsync(patience)).EnumerateArray().Select(v => v.GetString()!)];
    }
}
