using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Enterprise.Notices;
using Postern.Jobs;
using Postern.Storage;

namespace Postern.Enterprise.Usage;

/// <summary>Counts on schedule, tells administrators what they must know, and forgets records that are too old for any chart.</summary>
sealed class CaptureJob(CaptureUsage capture, TellAdministrators tell, PosternDb db, TimeProvider clock) : IJobHandler
{
    public const string Name = "license_usage";

    static readonly TimeSpan Kept = TimeSpan.FromDays(760);

    public async Task ExecuteAsync(JsonObject payload, CancellationToken cancellation)
    {
        await capture.ExecuteAsync(always: false, cancellation);
        await tell.ExecuteAsync(cancellation);
        var oldest = clock.GetUtcNow() - Kept;
        await db.Set<UsageRecord>().Where(u => u.RecordDate < oldest).ExecuteDeleteAsync(cancellation);
    }
}
