using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Postern.Blueprints.Importing;
using Postern.Blueprints.Library;
using Postern.Kernel.Access;
using Postern.Storage;

namespace Postern.Blueprints.Instances;

/// <summary>Applies an instance and writes on it how that went. Disabled instances are left alone.</summary>
public sealed class ApplyInstance
{
    readonly PosternDb db;
    readonly BlueprintLibrary library;
    readonly BlueprintSettings settings;
    readonly ImportBlueprint import;
    readonly RecordInstance record;
    readonly ILogger<ApplyInstance> log;

    internal ApplyInstance(PosternDb db, BlueprintLibrary library, BlueprintSettings settings, ImportBlueprint import, RecordInstance record, ILogger<ApplyInstance> log) =>
        (this.db, this.library, this.settings, this.import, this.record, this.log) = (db, library, settings, import, record, log);

    /// <summary>
    /// The report; null when there was nothing to do. <paramref name="onlyIfChanged"/> skips a content that was applied before;
    /// <paramref name="fresh"/> names instances that need not be applied again when this one asks for them.
    /// </summary>
    public async Task<ImportReport?> ExecuteAsync(Guid pk, bool onlyIfChanged, CancellationToken cancellation, IReadOnlySet<Guid>? fresh = null)
    {
        var instance = await db.Set<BlueprintInstance>().AsNoTracking().SingleOrDefaultAsync(b => b.Pk == pk, cancellation);
        if (instance is not { Enabled: true })
            return null;
        var source = await InstanceSource.OpenAsync(instance, library, settings.Limits, cancellation);
        if (onlyIfChanged && source.Hash.Equals(instance.LastAppliedHash, StringComparison.Ordinal))
            return null;
        var report = await ApplyAsync(instance, source, fresh, cancellation);
        if (!report.IsSuccess)
            await record.ExecuteAsync(pk, source, report, cancellation);
        Tell(instance, report);
        return report;
    }

    internal static ImportRequest Request(BlueprintInstance instance, Blueprint blueprint, Caller caller) => new(blueprint, caller)
    {
        // A text that came in over the API may not read the server's environment and files.
        Context = instance.Context,
        IsTrusted = instance.Path.Length > 0,
        Instance = instance.Pk,
    };

    async Task<ImportReport> ApplyAsync(BlueprintInstance instance, InstanceSource source, IReadOnlySet<Guid>? fresh, CancellationToken cancellation)
    {
        if (source.Reading.Blueprint is not { } blueprint)
            return ImportReport.OfFile(source.Reading.Problems, source.Reading.Warnings);
        var request = Request(instance, blueprint, Caller.System) with { Fresh = fresh ?? new HashSet<Guid>() };
        return await import.ExecuteAsync(request, cancellation, applied: report => record.ExecuteAsync(instance.Pk, source, report, cancellation));
    }

    void Tell(BlueprintInstance instance, ImportReport report)
    {
        if (!report.IsSuccess)
        {
            log.NotApplied(instance.Name, MetaApplyBlueprint.FirstProblem(report));
            return;
        }

        int Count(EntryAction action) => report.Entries.Count(entry => entry.Action == action);
        log.Applied(instance.Name, Count(EntryAction.Created), Count(EntryAction.Updated), Count(EntryAction.Deleted), Count(EntryAction.Unchanged));
    }
}
