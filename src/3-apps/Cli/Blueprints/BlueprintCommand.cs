using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Postern.Blueprints.Instances;
using Postern.Blueprints.Library;

namespace Postern.Cli.Blueprints;

/// <summary><c>blueprint plan|apply|export|list</c>.</summary>
public static class BlueprintCommand
{
    static readonly string[] Columns = ["name", "path", "status", "enabled", "last_applied"];

    public static Command Create(Inside inside) => new("blueprint", "Configuration in files.")
    {
        ApplyBlueprint.Command("plan", "Say what applying a blueprint would create, change and delete. Nothing is changed.", isPlan: true, inside),
        ApplyBlueprint.Command("apply", "Apply a blueprint: all of it, or nothing.", isPlan: false, inside),
        ExportBlueprint.Command("export", inside),
        List(inside),
    };

    /// <summary>The reference's verbs for the same.</summary>
    public static IReadOnlyList<Command> Aliases(Inside inside) =>
    [
        ApplyBlueprint.Command("apply_blueprint", "Apply a blueprint.", isPlan: false, inside),
        ApplyBlueprint.Command("import_blueprint", "Apply a blueprint.", isPlan: false, inside),
        ExportBlueprint.Command("export_blueprint", inside),
    ];

    static Command List(Inside inside)
    {
        var files = new Option<bool>("--files") { Description = "Paths of the files that come with this installation, in place of what is applied." };
        var output = Output.Option();
        var command = new Command("list", $"List blueprints that are kept applied: {string.Join(", ", Columns)}.") { files, output };
        command.SetAction((parsed, cancellation) => inside(
            async services => parsed.GetValue(files)
                ? Output.Print(parsed.IsJson(output), (await services.GetRequiredService<BlueprintLibrary>().ListAsync(cancellation)).Select(f => new System.Text.Json.Nodes.JsonObject { ["path"] = f.Path }))
                : await Output.PrintAsync(services, BlueprintInstanceKind.Kind, search: null, "name", Columns, parsed.IsJson(output), cancellation),
            cancellation));
        return command;
    }
}
