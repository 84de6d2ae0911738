using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Postern.Tests.Browser.Journeys;

/// <summary>Uses the controls of a page: by mouse, or by keys alone.</summary>
sealed class Hand(IPage page, bool keys)
{
    public IPage Page => page;

    public bool Keys => keys;

    public Task PressAsync(AriaRole role, string name) => PressAsync(page.GetByRole(role, new() { Name = name, Exact = true }).Locator("visible=true").First);

    public async Task PressAsync(ILocator control)
    {
        if (!keys)
        {
            await control.ClickAsync();
            return;
        }
        await ReachAsync(control);
        await page.Keyboard.PressAsync("Enter");
    }

    public async Task TypeAsync(string label, string text)
    {
        var field = Labelled(label);
        if (!keys)
        {
            await field.FillAsync(text);
            return;
        }
        await ReachAsync(field);
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.InsertTextAsync(text);
    }

    /// <summary>A choice of a list, by the beginning of its text.</summary>
    public async Task ChooseAsync(string label, string text)
    {
        var list = Labelled(label);
        if (!keys)
        {
            await list.SelectOptionAsync(new SelectOptionValue { Label = text });
            return;
        }
        await ReachAsync(list);
        await page.Keyboard.TypeAsync(text);
        await Assertions.Expect(list.Locator("option:checked")).ToHaveTextAsync(text);
    }

    public async Task TickAsync(string label)
    {
        var box = Labelled(label);
        if (!keys)
        {
            await box.CheckAsync();
            return;
        }
        await ReachAsync(box);
        await page.Keyboard.PressAsync("Space");
        await Assertions.Expect(box).ToBeCheckedAsync();
    }

    /// <summary>The control that people see under this label, which may say that it is optional.</summary>
    ILocator Labelled(string label) =>
        page.GetByLabel(new Regex($@"^\s*{Regex.Escape(label)}(\s+optional)?\s*$", RegexOptions.IgnoreCase)).Locator("visible=true").First;

    /// <summary>The control has the focus, and keys could have brought it there.</summary>
    static async Task ReachAsync(ILocator control)
    {
        await control.FocusAsync();
        (await control.EvaluateAsync<bool>("e => e.tabIndex >= 0 && e === document.activeElement")).ShouldBeTrue($"{control} is not reached by keys");
    }
}
