using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Jobs;
using Postern.Storage;

namespace Postern.Directory.Exports;

/// <summary>Removes exports after thirty days, and files whose export is gone.</summary>
sealed class KeepExports(PosternDb db, ExportFiles files, TimeProvider clock) : IJobHandler
{
    static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    public async Task ExecuteAsync(JsonObject payload, CancellationToken cancellation)
    {
        await db.ExecuteAsync("DELETE FROM data_export WHERE requested_on < $1", cancellation, clock.GetUtcNow() - Kept);
        var here = files.All;
        if (here.Count == 0)
            return;
        var alive = await db.Set<DataExport>().Where(e => here.Contains(e.Pk)).Select(e => e.Pk).ToListAsync(cancellation);
        foreach (var orphan in here.Except(alive))
            files.Delete(orphan);
    }
}
