using System.Text.Json;
using Microsoft.Playwright;

namespace Postern.Tests.Browser;

/// <summary>
/// WCAG 2.2 A and AA by axe-core on the page as it stands, in both colour schemes, in a window where scripts run: elsewhere the checker's timers never do.
/// </summary>
static class Axe
{
    const string inScheme =
        """
        async rules => {
          // Whatever changes softly has its colour two frames later.
          await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
          const { violations } = await axe.run(document, { runOnly: rules, resultTypes: ['violations'] });
          return {
            dark: matchMedia('(prefers-color-scheme: dark)').matches,
            found: violations.map(v => `${v.id}: ${v.help} at ${v.nodes.map(n => n.target.join(' ') + ' ' + (n.any[0]?.message ?? '')).join(' | ')}`),
          };
        }
        """;

    static readonly string[] rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];

    // The rules that look at colours; the others look at the document, which is the same in both schemes.
    static readonly string[] colours = ["color-contrast", "link-in-text-block"];

    static readonly TimeSpan patience = TimeSpan.FromMinutes(1);

    static readonly Lazy<string> source = new(() => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "axe.min.js")));

    public static async Task<IReadOnlyList<string>> ViolationsAsync(this IPage page)
    {
        if (!await page.EvaluateAsync<bool>("() => !!window.axe"))
            await page.EvaluateAsync(source.Value);
        var (found, dark) = await RunAsync(page, rules);
        await page.EmulateMediaAsync(new() { ColorScheme = dark ? ColorScheme.Light : ColorScheme.Dark });
        var (other, _) = await RunAsync(page, colours);
        await page.EmulateMediaAsync(new() { ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light });
        return [.. found, .. other.Select(v => $"{(dark ? "in the light" : "in the dark")}: {v}")];
    }

    static async Task<(List<string> Found, bool Dark)> RunAsync(IPage page, string[] rules)
    {
        var result = await page.EvaluateAsync<JsonElement>(inScheme, rules).WaitAsync(patience);
        return ([.. result.GetProperty("found").EnumerateArray().Select(v => v.GetString()!)], result.GetProperty("dark").GetBoolean());
    }
}
