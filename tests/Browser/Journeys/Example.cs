using Microsoft.Playwright;

namespace Postern.Tests.Browser.Journeys;

/// <summary>Blueprints that journeys import: the product's own examples, or files of the same names where the variable BLUEPRINT names one or a folder that holds them.</summary>
static class Example
{
    static readonly string? given = Environment.GetEnvironmentVariable("BLUEPRINT");

    /// <summary>The file to import in place of an example; the example itself where there is none.</summary>
    public static string File(string name) => Instead(name) ?? Path.Combine(AppContext.BaseDirectory, "example", name);

    /// <summary>An administrator imports the example on the page of flows.</summary>
    public static Task ImportAsync(IPage admin, string name) => ImportFileAsync(admin, File(name));

    /// <summary>Imports a file over what the product set up by itself, where BLUEPRINT holds it; else the journey goes on with the product's own.</summary>
    public static async Task ReplaceAsync(IPage admin, string name)
    {
        if (Instead(name) is { } file)
            await ImportFileAsync(admin, file);
    }

    static async Task ImportFileAsync(IPage admin, string file)
    {
        await admin.GotoAsync("/if/admin/flows/flows/import/");
        await admin.Locator("input[type=file]").SetInputFilesAsync(file);
        await ImportChosenAsync(admin);
    }

    /// <summary>Goes through the plan of what was chosen to the import.</summary>
    public static async Task ImportChosenAsync(IPage admin)
    {
        await admin.GetByRole(AriaRole.Button, new() { Name = "Show the plan" }).ClickAsync();
        await Assertions.Expect(admin.GetByText("This is what the import would do.", new() { Exact = false })).ToBeVisibleAsync();
        await admin.GetByRole(AriaRole.Button, new() { Name = "Import" }).ClickAsync();
        await Assertions.Expect(admin.GetByText("Imported.")).ToBeVisibleAsync();
    }

    static string? Instead(string name) =>
        System.IO.Directory.Exists(given) ? System.IO.Directory.EnumerateFiles(given, name, SearchOption.AllDirectories).SingleOrDefault()
        : string.Equals(Path.GetFileName(given), name, StringComparison.Ordinal) ? given
        : null;
}
