using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Postern.Blueprints.Importing;
using Postern.Blueprints.Migrating;
using Postern.Blueprints.Reading;
using Postern.Brands.Settings;
using Postern.Kernel.Access;
using Postern.Storage;
using Postern.Storage.Objects;

namespace Postern.Cli;

/// <summary><c>migrate-from</c>: takes over what another installation's API tells. Without <c>--apply</c> nothing is changed anywhere.</summary>
public static class MigrateCommand
{
    public static Command Create(Func<MigrateFrom> reader, Inside inside)
    {
        var url = new Argument<Uri>("url") { Description = "Address of the other installation, such as https://id.example.org/." };
        var output = new Option<FileInfo>("--out") { Description = "Where the blueprint goes.", DefaultValueFactory = _ => new FileInfo("migration.yaml") };
        var apply = new Option<bool>("--apply") { Description = "Also apply it to this installation, if a dry run of all of it succeeds." };
        var command = new Command("migrate-from", "Read another installation over its API into a blueprint and a report. The API token of an administrator is read from standard input.") { url, output, apply };
        command.SetAction(async (parsed, cancellation) =>
        {
            var address = parsed.GetRequiredValue(url);
            if (!address.IsAbsoluteUri || address.Scheme is not ("https" or "http"))
                return Exit.Refuse("Give the address with https:// or http:// before it.");
            var token = (await Console.In.ReadLineAsync(cancellation))?.Trim();
            if (string.IsNullOrEmpty(token))
                return Exit.Refuse("Give the API token on standard input: postern migrate-from URL < token-file");
            using var source = new HttpClient { BaseAddress = new Uri(address.AbsoluteUri.TrimEnd('/') + "/") };
            source.DefaultRequestHeaders.Authorization = new("Bearer", token);
            Migration migration;
            try
            {
                migration = await reader().ExecuteAsync(source, cancellation);
            }
            catch (Exception e) when (e is HttpRequestException or JsonException)
            {
                return Exit.Refuse($"{address} cannot be read: {e.Message}");
            }
            var file = parsed.GetRequiredValue(output);
            await File.WriteAllTextAsync(file.FullName, migration.Blueprint, cancellation);
            foreach (var line in migration.Report.Lines)
                Console.WriteLine(line);
            Console.WriteLine($"Blueprint: {file.FullName}");
            return parsed.GetValue(apply) ? await inside.WritingAsync(services => ApplyAsync(services, migration, cancellation), cancellation) : Exit.Done;
        });
        return command;
    }

    static async Task<int> ApplyAsync(IServiceProvider services, Migration migration, CancellationToken cancellation)
    {
        var reading = BlueprintReader.Read(migration.Blueprint);
        var request = new ImportRequest(reading.Blueprint!, Caller.Operator);
        var import = services.GetRequiredService<ImportBlueprint>();
        var plan = await import.ExecuteAsync(request with { DryRun = true }, cancellation);
        if (!plan.IsSuccess)
        {
            foreach (var entry in plan.Entries)
            {
                foreach (var problem in entry.Problems)
                    Console.WriteLine($"{entry.Path} {entry.Model}: {problem.Message}");
            }
            return Exit.Refuse("Nothing was applied. Mend the blueprint and import it in the console.");
        }
        var done = await import.ExecuteAsync(request, cancellation);
        await SettingsAsync(services, migration.Settings, cancellation);
        Console.WriteLine($"Applied: {string.Join(", ", done.Entries.GroupBy(e => e.Action).Select(g => $"{g.Count()} {g.Key.ToString().ToLowerInvariant()}"))}.");
        return done.IsSuccess ? Exit.Done : Exit.Refused;
    }

    // The address is this installation's own.
    static async Task SettingsAsync(IServiceProvider services, JsonObject settings, CancellationToken cancellation)
    {
        var given = settings.DeepClone().AsObject();
        given.Remove("base_url");
        var own = await services.GetRequiredService<PosternDb>().Set<SystemSettings>().SingleAsync(cancellation);
        var saved = await services.GetRequiredService<SaveObject>().UpdateAsync(SystemSettingsKind.Kind, Caller.Operator, own, JsonSerializer.SerializeToElement(given), SaveOptions.Patch, cancellation);
        if (saved.Fault is { } fault)
            Console.WriteLine($"System settings were not taken over: {fault.Message}");
    }
}
