using System.Text.Json;
using System.Text.Json.Nodes;
using Postern.Blueprints.Instances;
using Postern.Blueprints.Library;
using Postern.Kernel.Access;
using Postern.Storage;
using Postern.Storage.Objects;

namespace Postern.Blueprints.Importing;

/// <summary>
/// Applies another instance first, within the same transaction. It is found by <c>identifiers</c>; a missing or failing one fails the entry
/// unless <c>required</c> is false.
/// </summary>
internal sealed class MetaApplyBlueprint(PosternDb db, FindByFields find, BlueprintLibrary library, BlueprintSettings settings, RecordInstance record) : IMetaModel
{
    const string WireName = "authentik_blueprints.metaapplyblueprint";
    const string Savepoint = "blueprint_meta";

    public string Name => WireName;

    public static bool IsNamed(string? model) => WireName.Equals(model, StringComparison.OrdinalIgnoreCase);

    public async Task ApplyAsync(EntryWork work, CancellationToken cancellation)
    {
        var attrs = await work.ResolveAsync(work.Entry.Attrs, cancellation);
        if (attrs.IsFailed)
            return;
        if (attrs.Value?["identifiers"] is not JsonObject { Count: > 0 } identifiers)
        {
            work.Fail(work.Entry.Attrs.Place, "`attrs` needs `identifiers`, a map that finds a blueprint instance by `name` or `path`.");
            return;
        }

        work.Identifiers = (JsonObject)identifiers.DeepClone();
        var isRequired = attrs.Value["required"] is not { } required || Resolving.Truth.Of(required);
        var found = await find.FirstAsync(BlueprintInstanceKind.Kind, [.. identifiers.Select(Condition)], tracked: false, cancellation);
        if (!found.Succeeded(out var instance, out var fault))
            work.Fail(work.Entry.Attrs.Place, fault.Message);
        else if (instance is null && isRequired)
            work.Fail(work.Entry.Place, "Required blueprint does not exist");
        else if (instance is BlueprintInstance { Enabled: true } enabled && work.Run.Start(enabled.Pk))
            await ApplyAsync(work, enabled, isRequired, cancellation);
        else
            work.Action = EntryAction.Skipped;
    }

    async Task ApplyAsync(EntryWork work, BlueprintInstance instance, bool isRequired, CancellationToken cancellation)
    {
        var transaction = db.Database.CurrentTransaction!;
        await transaction.CreateSavepointAsync(Savepoint, cancellation);
        var source = await InstanceSource.OpenAsync(instance, library, settings.Limits, cancellation);
        var report = source.Reading.Blueprint is { } blueprint
            ? await work.Run.ApplyAsync(ApplyInstance.Request(instance, blueprint, Caller.System), cancellation)
            : ImportReport.OfFile(source.Reading.Problems, source.Reading.Warnings);
        if (!report.IsSuccess)
            await transaction.RollbackToSavepointAsync(Savepoint, cancellation);
        work.Nested = report;
        work.Action = EntryAction.Applied;
        await record.ExecuteAsync(instance.Pk, source, report, cancellation);
        if (report.IsSuccess)
            return;
        var message = $"The blueprint `{instance.Name}` cannot be applied: {FirstProblem(report)}";
        if (isRequired)
            work.Fail(work.Entry.Place, message);
        else
            work.Warn(work.Entry.Place, message);
    }

    internal static string FirstProblem(ImportReport report) =>
        report.FileProblems.Concat(report.Entries.SelectMany(entry => entry.Problems)).FirstOrDefault()?.ToString() ?? "permission denied";

    static FieldCondition Condition(KeyValuePair<string, JsonNode?> pair) => new(pair.Key, JsonSerializer.SerializeToElement(pair.Value));
}
