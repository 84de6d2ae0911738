using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Postern.Blueprints;
using Postern.Blueprints.Importing;
using Postern.Blueprints.Library;
using Postern.Blueprints.Reading;
using Postern.Kernel.Access;

namespace Postern.Cli.Blueprints;

/// <summary><c>blueprint plan</c> and <c>blueprint apply</c>: one line for each entry, then what the whole comes to.</summary>
static class ApplyBlueprint
{
    public static Command Command(string name, string description, bool isPlan, Inside inside)
    {
        var file = new Argument<string>("file") { Description = "A file, or the path of one that comes with this installation, such as example/flows-invitation-enrollment.yaml." };
        var context = new Option<FileInfo?>("--context") { Description = "JSON file of values that win over the blueprint's own context." };
        var output = Output.Option();
        var command = new Command(name, description) { file, context, output };
        command.SetAction(async (parsed, cancellation) =>
        {
            JsonObject? values = null;
            try
            {
                if (parsed.GetValue(context) is { } given)
                    values = JsonNode.Parse(await File.ReadAllTextAsync(given.FullName, cancellation))?.AsObject();
            }
            catch (Exception e) when (e is JsonException or IOException or InvalidOperationException)
            {
                return Exit.Refuse($"The context cannot be read: {e.Message}");
            }
            Task<int> Work(IServiceProvider services) => RunAsync(services, parsed.GetRequiredValue(file), values, isPlan, parsed.IsJson(output), cancellation);
            return isPlan ? await inside(Work, cancellation) : await inside.WritingAsync(Work, cancellation);
        });
        return command;
    }

    static async Task<int> RunAsync(IServiceProvider services, string path, JsonObject? context, bool isPlan, bool json, CancellationToken cancellation)
    {
        var limits = services.GetRequiredService<BlueprintSettings>().Limits;
        BlueprintReading reading;
        if (File.Exists(path))
            reading = BlueprintReader.Read(await File.ReadAllBytesAsync(path, cancellation), limits);
        else if (await services.GetRequiredService<BlueprintLibrary>().FindAsync(path, cancellation) is { } shipped)
            reading = BlueprintReader.Read(shipped.Content.Span, limits);
        else
            return Exit.Refuse($"There is no file {path}, here or with this installation.");
        var report = ImportReport.OfFile(reading.Problems, reading.Warnings);
        if (reading.Blueprint is { } blueprint)
        {
            // Whoever runs this may read the machine's files and variables anyway.
            var request = new ImportRequest(blueprint, Caller.Operator) { Context = context, DryRun = isPlan, IsTrusted = true };
            report = (await services.GetRequiredService<ImportBlueprint>().ExecuteAsync(request, cancellation)) with { FileWarnings = reading.Warnings };
        }
        if (json)
            Output.Json(ReportJson.Of(report));
        else
            PrintReport.Write(report, isPlan);
        return report.IsSuccess ? Exit.Done : Exit.Refused;
    }
}
