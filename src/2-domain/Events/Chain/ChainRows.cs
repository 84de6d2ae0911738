using Postern.Storage;

namespace Postern.Events.Chain;

/// <summary>Reads the chain and the events it covers.</summary>
static class ChainRows
{
    // "audit" in ASCII. Whoever adds a link or takes events out of one holds it, within a transaction.
    public const string Gate = "SELECT pg_advisory_xact_lock(418565351796)";

    public static async Task<EventSeal?> LastAsync(PosternDb db, CancellationToken cancellation) =>
        (await SealsAsync(db, "ORDER BY number DESC LIMIT 1", cancellation)).FirstOrDefault();

    public static async Task<List<EventSeal>> SealsAsync(PosternDb db, string which, CancellationToken cancellation, params object[] parameters)
    {
        await using var rows = await db.ReadAsync($"SELECT {EventSeal.Columns} FROM event_seal {which}", cancellation, parameters);
        List<EventSeal> seals = [];
        while (await rows.ReadAsync(cancellation))
            seals.Add(EventSeal.Read(rows));
        return seals;
    }

    /// <summary>The events between two links.</summary>
    public static Task<List<SealedEvent>> EventsAsync(PosternDb db, EventSeal after, EventSeal upTo, CancellationToken cancellation) => EventsAsync(
        db, "(position, pk) > ($1, $2) AND (position, pk) <= ($3, $4) ORDER BY position, pk", cancellation, after.LastPosition, after.LastPk, upTo.LastPosition, upTo.LastPk);

    public static async Task<List<SealedEvent>> EventsAsync(PosternDb db, string which, CancellationToken cancellation, params object[] parameters)
    {
        await using var rows = await db.ReadAsync($"SELECT {SealedEvent.Columns} FROM event WHERE NOT from_outside AND {which}", cancellation, parameters);
        List<SealedEvent> events = [];
        while (await rows.ReadAsync(cancellation))
            events.Add(SealedEvent.Read(rows));
        return events;
    }
}
