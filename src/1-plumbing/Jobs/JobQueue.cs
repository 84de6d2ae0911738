using System.Text.Json.Nodes;
using Postern.Storage;

namespace Postern.Jobs;

/// <summary>Puts work in the queue as part of the caller's own change.</summary>
public sealed class JobQueue(PosternDb db, TimeProvider clock)
{
    /// <summary>Adds the job to the context; it exists once the caller saves, and not otherwise.</summary>
    public void Add(string kind, JsonObject payload, DateTimeOffset? runAt = null)
    {
        var now = clock.GetUtcNow();
        db.Add(new Job { Kind = kind, Payload = payload, CreatedAt = now, RunAt = runAt ?? now });
    }
}
