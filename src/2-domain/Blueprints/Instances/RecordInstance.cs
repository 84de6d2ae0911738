using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Blueprints.Importing;
using Postern.Storage;

namespace Postern.Blueprints.Instances;

/// <summary>Writes on an instance how its application went, in the current transaction if there is one.</summary>
internal sealed class RecordInstance(PosternDb db, TimeProvider clock)
{
    public async Task ExecuteAsync(Guid instance, InstanceSource source, ImportReport report, CancellationToken cancellation)
    {
        var details = ReportJson.Of(report);
        if (!report.IsSuccess)
        {
            var status = source.IsGone ? BlueprintStatus.Orphaned : BlueprintStatus.Error;
            await Rows(instance).ExecuteUpdateAsync(set => set.SetProperty(b => b.Status, status).SetProperty(b => b.Report, details), cancellation);
            return;
        }

        var outcome = report.HasWarnings ? BlueprintStatus.Warning : BlueprintStatus.Successful;
        var (now, hash, metadata) = (clock.GetUtcNow(), source.Hash, MetadataOf(source));
        List<string> models = [.. report.Entries.Where(entry => entry.Pk is not null && entry.Action is not EntryAction.Deleted).Select(entry => entry.Model)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        await Rows(instance).ExecuteUpdateAsync(
            set => set.SetProperty(b => b.Status, outcome).SetProperty(b => b.LastApplied, now).SetProperty(b => b.LastAppliedHash, hash)
                .SetProperty(b => b.ManagedModels, models).SetProperty(b => b.Metadata, metadata).SetProperty(b => b.Report, details),
            cancellation);
    }

    internal static JsonObject MetadataOf(InstanceSource source) => MetadataJson.Of(source.Reading.Blueprint?.Metadata);

    IQueryable<BlueprintInstance> Rows(Guid instance) => db.Set<BlueprintInstance>().Where(b => b.Pk == instance);
}
