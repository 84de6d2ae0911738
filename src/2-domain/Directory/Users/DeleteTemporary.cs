using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Directory.Attributes;
using Postern.Jobs;
using Postern.Kernel.Access;
using Postern.Storage;
using Postern.Storage.Objects;

namespace Postern.Directory.Users;

/// <summary>Deletes users that a machine made for a time which is over: marked as generated, with the moment they expire.</summary>
sealed class DeleteTemporary(PosternDb db, DeleteObject delete, TimeProvider clock) : IJobHandler
{
    const int Batch = 100;

    const string Due = $$"""
        SELECT pk FROM "user" WHERE attributes @> '{"{{ReservedKeys.Generated}}": true}'
        AND CASE jsonb_typeof(attributes -> '{{ReservedKeys.Expires}}') WHEN 'number' THEN (attributes -> '{{ReservedKeys.Expires}}')::numeric <= $1 END
        """;

    public async Task ExecuteAsync(JsonObject payload, CancellationToken cancellation)
    {
        while (true)
        {
            var keys = await KeysAsync(cancellation);
            var due = await db.Set<User>().Where(u => keys.Contains(u.Pk)).ToListAsync(cancellation);
            foreach (var user in due)
            {
                if ((await delete.ExecuteAsync(UserKind.Kind, Caller.System, user, cancellation)).Fault is { } fault)
                    throw new InvalidOperationException($"User {user.Pk} cannot be deleted: {fault.Message}");
            }
            db.ChangeTracker.Clear();
            if (due.Count < Batch)
                return;
        }
    }

    async Task<List<int>> KeysAsync(CancellationToken cancellation)
    {
        var keys = new List<int>();
        await using var rows = await db.ReadAsync($"{Due} LIMIT {Batch}", cancellation, (decimal)clock.GetUtcNow().ToUnixTimeSeconds());
        while (await rows.ReadAsync(cancellation))
            keys.Add(rows.GetInt32(0));
        return keys;
    }
}
