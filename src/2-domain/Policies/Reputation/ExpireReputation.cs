using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Jobs;
using Postern.Storage;

namespace Postern.Policies.Reputation;

/// <summary>Deletes scores that no longer count.</summary>
sealed class ExpireReputation(PosternDb db, TimeProvider clock) : IJobHandler
{
    public Task ExecuteAsync(JsonObject payload, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        return db.Set<ReputationScore>().Where(s => s.Expires <= now).ExecuteDeleteAsync(cancellation);
    }
}
