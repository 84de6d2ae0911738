using System.Text.Json.Nodes;
using Postern.Jobs;
using Postern.Storage;
using Postern.Storage.Opening;

namespace Postern.Events.Chain;

/// <summary>
/// Seals what was written since the last time, so that nobody can change it unseen. Writing an event costs nothing of it: the chain is made afterwards, out of transactions that are all over.
/// </summary>
sealed class SealEvents(PosternDb db, SecretSeal key, TimeProvider clock) : IJobHandler
{
    const int Batch = 5000;
    const int BatchesAtOnce = 20;

    /// <summary>A large backlog is worked off in portions, so that other jobs get their turn and people notice nothing.</summary>
    static readonly TimeSpan pause = TimeSpan.FromSeconds(30);

    const string Ripe = """
        (position, pk) > ($1, $2) AND position < (SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint + value FROM event_shift)
        ORDER BY position, pk LIMIT $3
        """;

    public async Task ExecuteAsync(JsonObject payload, CancellationToken cancellation)
    {
        for (var batch = 0; batch < BatchesAtOnce; batch++)
        {
            if (await db.InTransactionAsync(() => AddAsync(cancellation), static _ => true, cancellation) < Batch)
                return;
        }
        throw new RunLater(clock.GetUtcNow() + pause, "");
    }

    async Task<int> AddAsync(CancellationToken cancellation)
    {
        await db.ExecuteAsync(ChainRows.Gate, cancellation);
        var last = await ChainRows.LastAsync(db, cancellation) ?? EventSeal.None;
        var events = await ChainRows.EventsAsync(db, Ripe, cancellation, last.LastPosition, last.LastPk, Batch);
        if (events.Count == 0)
            return 0;
        var link = EventSeal.Of(last, events, clock.GetUtcNow(), key);
        await db.ExecuteAsync(
            "INSERT INTO event_seal (number, last_position, last_pk, count, expires, sealed_at, leaves, leaves_hash, previous, hash, mark) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            cancellation, link.Number, link.LastPosition, link.LastPk, link.Count, link.Expires, link.SealedAt, link.Leaves, link.LeavesHash, link.Previous, link.Hash, link.Mark);
        return events.Count;
    }
}
