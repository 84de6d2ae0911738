using Microsoft.EntityFrameworkCore;
using Postern.Blueprints.Exporting;
using Postern.Storage;

namespace Postern.Flows.Versions;

/// <summary>Keeps what a flow is now as its newest version, unless that is what the last one says.</summary>
sealed class TakeVersion(PosternDb db, ExportObjects export)
{
    /// <summary>How many versions of a flow are kept; older ones go.</summary>
    public const int Most = 50;

    // Any number will do, as long as all nodes use the same and nothing else does.
    const long Lock = 0x706F_7374_666C_6F77;

    /// <summary>Runs in the transaction of the change, at its end. A flow that is gone by then has no version.</summary>
    public async Task ExecuteAsync(Guid flow, int? person, CancellationToken cancellation)
    {
        // One after the other: a version holds what others committed before, and its number is free.
        await db.ExecuteAsync("SELECT pg_advisory_xact_lock($1)", cancellation, Lock);
        if (await db.Set<Flow>().AsNoTracking().SingleOrDefaultAsync(f => f.Pk == flow, cancellation) is not { } found)
            return;
        var content = await export.PictureAsync(FlowKind.Kind, found, cancellation);
        await db.ExecuteAsync(
            """
            WITH last AS (SELECT number, content FROM flow_version WHERE flow = $1 ORDER BY number DESC LIMIT 1),
                 gone AS (DELETE FROM flow_version v USING last WHERE v.flow = $1 AND v.number <= last.number + 1 - $5 AND last.content <> $4)
            INSERT INTO flow_version (flow, number, created, person, content)
                SELECT $1, coalesce((SELECT number FROM last), 0) + 1, $2, (SELECT pk FROM "user" WHERE pk = $3), $4
                WHERE NOT EXISTS (SELECT 1 FROM last WHERE content = $4)
            """,
            cancellation, flow, db.Now, person ?? 0, content, Most);
    }
}
