using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Jobs;
using Postern.Storage;

namespace Postern.Directory.Sessions;

/// <summary>Deletes sessions and known devices that have expired; until then they are refused at use.</summary>
sealed class ForgetExpired(PosternDb db, TimeProvider clock) : IJobHandler
{
    public async Task ExecuteAsync(JsonObject payload, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await db.Set<Session>().Where(s => s.Expires <= now).ExecuteDeleteAsync(cancellation);
        await db.Set<KnownDevice>().Where(d => d.Expires <= now).ExecuteDeleteAsync(cancellation);
    }
}
