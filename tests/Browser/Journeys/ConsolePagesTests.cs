using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Browser.Journeys;

/// <summary>Every page that the console's menu leads to, with its forms: it opens, is accessible in both themes, and breaks no rule of the content policy.</summary>
public sealed class ConsolePagesTests(BrowserFixture journey)
{
    const string Links = "links => [...new Set(links.map(link => new URL(link.href).pathname + new URL(link.href).search))]";

    [Fact]
    public async Task Pages_and_forms_open()
    {
        await using var server = await TestServer.StartAsync();
        await using var window = await journey.OpenAsync(server);
        var page = window.Page;
        await SignIn.AsAdministratorAsync(page);
        var wrong = new List<string>();
        foreach (var list in await page.Locator("nav .menu-item").EvaluateAllAsync<string[]>(Links))
        {
            await VisitAsync(page, list, wrong);
            var forms = (await page.Locator("a[href*='/new/']").EvaluateAllAsync<string[]>(Links)).ToList();
            var detail = await page.Locator("a.row-main").EvaluateAllAsync<string[]>(Links);
            foreach (var form in forms)
            {
                await VisitAsync(page, form, wrong);
                foreach (var one in await page.Locator("a.tile[href*='type=']").EvaluateAllAsync<string[]>(Links))
                    await VisitAsync(page, one, wrong);
            }
            if (detail is [var first, ..])
            {
                await VisitAsync(page, first, wrong);
                if (await page.Locator("a[href$='/edit/']").EvaluateAllAsync<string[]>(Links) is [var edit, ..])
                    await VisitAsync(page, edit, wrong);
                if (await page.Locator("a[href$='/delete/']").EvaluateAllAsync<string[]>(Links) is [var delete, ..])
                    await VisitAsync(page, delete, wrong);
            }
        }
        wrong.ShouldBeEmpty();
        window.Faults.ShouldBeEmpty();
    }

    static async Task VisitAsync(IPage page, string path, List<string> wrong)
    {
        var answer = await page.GotoAsync(path);
        if (answer?.Status != 200)
            wrong.Add($"{path}: status {answer?.Status}");
        await page.WaitForFunctionAsync("() => !document.querySelector('code-editor:not([data-ready])')");
        wrong.AddRange((await page.ViolationsAsync()).Select(v => $"{path}: {v}"));
        var window = page.ViewportSize!;
        foreach (var width in (int[])[window.Width, 768, 320])
        {
            await page.SetViewportSizeAsync(width, window.Height);
            if (await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > document.documentElement.clientWidth"))
                wrong.Add($"{path}: wider than a window of {width}");
        }
        await page.SetViewportSizeAsync(window.Width, window.Height);
        await page.TakeAsync(Name(path));
    }

    /// <summary>The same for every run: keys are left out.</summary>
    static string Name(string path) => "console" + Regex.Replace(path.Replace("/if/admin", "", StringComparison.Ordinal), "[0-9a-f-]{36}|[0-9]+", "one").Replace('/', '-').Replace("?type=", "", StringComparison.Ordinal).TrimEnd('-');
}
