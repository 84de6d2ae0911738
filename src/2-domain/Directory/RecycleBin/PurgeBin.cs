using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Directory.Users;
using Postern.Jobs;
using Postern.Kernel.Access;
using Postern.Kernel.Settings;
using Postern.Storage;
using Postern.Storage.Objects;

namespace Postern.Directory.RecycleBin;

/// <summary>Deletes what lay in the recycle bin for as long as the system settings say.</summary>
sealed class PurgeBin(PosternDb db, DeleteObject delete, IRecycleBinSettings settings, TimeProvider clock) : IJobHandler
{
    const int Batch = 100;

    public async Task ExecuteAsync(JsonObject payload, CancellationToken cancellation)
    {
        var before = clock.GetUtcNow() - await settings.RetentionAsync(cancellation);
        while (true)
        {
            var due = await db.Set<User>().Where(u => u.BinnedOn < before).OrderBy(u => u.BinnedOn).Take(Batch).ToListAsync(cancellation);
            foreach (var user in due)
            {
                if ((await delete.ExecuteAsync(UserKind.Kind, Caller.System, user, cancellation)).Fault is { } fault)
                    throw new InvalidOperationException($"User {user.Pk} cannot be purged: {fault.Message}");
            }
            db.ChangeTracker.Clear();
            if (due.Count < Batch)
                return;
        }
    }
}
