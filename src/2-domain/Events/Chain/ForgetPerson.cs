using Postern.Storage;
using Postern.Storage.Opening;

namespace Postern.Events.Chain;

/// <summary>Deletes the events that a person caused, before their time, and keeps the hashes of those that were sealed: the chain tells such a deletion from any other.</summary>
public sealed class ForgetPerson(PosternDb db, SecretSeal key, TimeProvider clock)
{
    const int Batch = 5000;

    /// <summary>Deletes a batch at a time.</summary>
    public async Task ExecuteAsync(string pk, CancellationToken cancellation)
    {
        int deleted;
        do
        {
            deleted = await db.InTransactionAsync(() => BatchAsync(pk, cancellation), static _ => true, cancellation);
        }
        while (deleted == Batch);
    }

    async Task<int> BatchAsync(string pk, CancellationToken cancellation)
    {
        await db.ExecuteAsync(ChainRows.Gate, cancellation);
        var last = await ChainRows.LastAsync(db, cancellation) ?? EventSeal.None;
        var events = await ChainRows.EventsAsync(
            db, $"""jsonb_extract_path_text("user", 'pk') = $1 AND (position, pk) <= ($2, $3) LIMIT {Batch}""", cancellation, pk, last.LastPosition, last.LastPk);
        if (events.Count == 0)
        {
            return await db.ExecuteAsync(
                $"""DELETE FROM event WHERE (pk, created) IN (SELECT pk, created FROM event WHERE jsonb_extract_path_text("user", 'pk') = $1 LIMIT {Batch})""", cancellation, pk);
        }
        var now = EventSeal.ToMicroseconds(clock.GetUtcNow());
        await db.ExecuteAsync(
            "INSERT INTO event_forgotten (leaf, forgotten_at, mark) SELECT leaf, $2, mark FROM unnest($1::bytea[], $3::bytea[]) AS f (leaf, mark)",
            cancellation, events.Select(e => e.Leaf).ToArray(), now, events.Select(e => EventSeal.Signed(key, "forget", e.Leaf, now)).ToArray());
        await db.ExecuteAsync(
            "DELETE FROM event WHERE (pk, created) IN (SELECT pk, created FROM unnest($1::uuid[], $2::timestamptz[]) AS f (pk, created))",
            cancellation, events.Select(e => e.Pk).ToArray(), events.Select(e => e.Created).ToArray());
        return Batch;
    }
}
