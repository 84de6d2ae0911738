using Microsoft.EntityFrameworkCore;
using Postern.Storage;

namespace Postern.Blueprints.Importing;

/// <summary>
/// Applies a blueprint: all entries in one transaction, or nothing. Imports of all nodes run one after the other. Every entry is tried, so
/// that the report names every problem and not only the first.
/// </summary>
public sealed class ImportBlueprint
{
    // Any number will do, as long as all nodes use the same and nothing else does.
    internal const long Lock = 0x706F_7374_626C_7565;

    readonly PosternDb db;
    readonly ApplyEntries entries;

    internal ImportBlueprint(PosternDb db, ApplyEntries entries) => (this.db, this.entries) = (db, entries);

    /// <summary>
    /// Applies the blueprint, or plans it. Writes the objects with their audit events; nothing when the report is no success or the request
    /// is a dry run. <paramref name="applied"/> runs in the same transaction after success.
    /// </summary>
    public async Task<ImportReport> ExecuteAsync(ImportRequest request, CancellationToken cancellation, Func<ImportReport, Task>? applied = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        // Every entry stands behind a savepoint of its own; one more around every save would only cost time.
        db.Database.AutoSavepointsEnabled = false;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.ExecuteAsync("SELECT pg_advisory_xact_lock($1)", cancellation, Lock);
        var report = await new ImportRun(entries, request.DryRun).ApplyAsync(request, cancellation);
        if (report.IsSuccess && !request.DryRun)
        {
            if (applied is not null)
                await applied(report);
            await transaction.CommitAsync(cancellation);
        }
        else
        {
            await transaction.RollbackAsync(cancellation);
        }

        db.Database.AutoSavepointsEnabled = true;
        db.ChangeTracker.Clear();
        return report;
    }
}
