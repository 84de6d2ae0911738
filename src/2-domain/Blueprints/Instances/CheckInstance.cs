using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Postern.Blueprints.Importing;
using Postern.Blueprints.Library;
using Postern.Blueprints.Reading;
using Postern.Jobs;
using Postern.Kernel;
using Postern.Storage.Kinds;
using Postern.Storage.Opening;

namespace Postern.Blueprints.Instances;

/// <summary>Rules of an instance: it names a file that exists, or brings a text that could be applied by whoever saves it.</summary>
internal static class CheckInstance
{
    public static async ValueTask CheckAsync(BlueprintInstance instance, SaveContext context)
    {
        if (instance.Path.Length == 0 && instance.Content.Length == 0)
            context.Errors.Add(FieldErrors.NonField, "Either path or content must be set.");
        else if (instance.Path.Length > 0)
            await CheckFileAsync(instance, context);
        else if (context.IsNew || context.Given.Contains("content") || context.Given.Contains("context"))
            await CheckContentAsync(instance, context);
    }

    /// <summary>What was changed is applied soon.</summary>
    public static ValueTask QueueAsync(BlueprintInstance instance, SaveContext context)
    {
        if (instance.Enabled)
            context.Get<JobQueue>().Add(ApplyInstanceJob.Kind, ApplyInstanceJob.Payload(instance.Pk));
        return ValueTask.CompletedTask;
    }

    static async ValueTask CheckFileAsync(BlueprintInstance instance, SaveContext context)
    {
        if (instance.Path.StartsWith("oci://", StringComparison.OrdinalIgnoreCase))
            context.Errors.Add("path", "Blueprints from OCI registries are not supported.");
        else if (await context.Get<BlueprintLibrary>().FindAsync(instance.Path, context.Cancellation) is null)
            context.Errors.Add("path", "Blueprint file does not exist");
    }

    static async ValueTask CheckContentAsync(BlueprintInstance instance, SaveContext context)
    {
        var reading = BlueprintReader.Read(instance.Content, context.Get<BlueprintSettings>().Limits);
        var report = ImportReport.OfFile(reading.Problems, reading.Warnings);
        // Inside an import the transaction at hand already holds the lock that a dry run waits for.
        if (reading.Blueprint is { } blueprint && !context.FromBlueprint)
            report = await DryRunAsync(instance, blueprint, context);
        if (report.IsSuccess)
            return;
        context.Errors.Add("content", "Failed to validate blueprint");
        foreach (var denied in report.Denied.Values.Distinct(StringComparer.Ordinal))
            context.Errors.Add("content", $"- {denied}");
        foreach (var problem in report.FileProblems.Concat(report.Entries.SelectMany(entry => entry.Problems)))
            context.Errors.Add("content", $"- {problem}");
    }

    // In a scope of its own, because a dry run forgets what the context at hand tracks. It runs for the caller: later the product applies the
    // text on its own, so nobody may bring in what they could not do themselves.
    static async Task<ImportReport> DryRunAsync(BlueprintInstance instance, Blueprint blueprint, SaveContext context)
    {
        await using var scope = context.Get<IServiceScopeFactory>().CreateAsyncScope(Pool.Beside);
        var request = ApplyInstance.Request(instance, blueprint, context.Caller) with { DryRun = true };
        return await scope.ServiceProvider.GetRequiredService<ImportBlueprint>().ExecuteAsync(request, context.Cancellation);
    }
}
