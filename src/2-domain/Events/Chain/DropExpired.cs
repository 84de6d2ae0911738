using Microsoft.Extensions.Logging;
using Postern.Storage;
using Postern.Storage.Opening;

namespace Postern.Events.Chain;

/// <summary>Deletes sealed events when all of their seal have expired, and only while they are what was sealed: what somebody has tampered with is evidence and stays.</summary>
sealed partial class DropExpired(PosternDb db, CheckSeal check, SecretSeal key, TimeProvider clock, ILogger<DropExpired> log)
{
    public async Task ExecuteAsync(CancellationToken cancellation)
    {
        var done = EventSeal.None;
        while (await db.InTransactionAsync(() => DropAsync(done, cancellation), static _ => true, cancellation) is { } next)
            done = next;
    }

    /// <summary>Drops the events of the first expired seal after <paramref name="done"/> and answers that seal; null when there is none.</summary>
    async Task<EventSeal?> DropAsync(EventSeal done, CancellationToken cancellation)
    {
        await db.ExecuteAsync(ChainRows.Gate, cancellation);
        var now = EventSeal.ToMicroseconds(clock.GetUtcNow());
        if ((await ChainRows.SealsAsync(db, "WHERE dropped_at IS NULL AND expires <= $1 AND number > $2 ORDER BY number LIMIT 1", cancellation, now, done.Number)) is not [var link])
            return null;
        var previous = (await ChainRows.SealsAsync(db, "WHERE number = $1", cancellation, link.Number - 1)).FirstOrDefault() ?? EventSeal.None;
        if ((await check.ExecuteAsync(previous, link, cancellation)).Problem is { } problem)
        {
            Kept(link.Number, problem);
            return link;
        }
        await db.ExecuteAsync(
            "DELETE FROM event WHERE NOT from_outside AND (position, pk) > ($1, $2) AND (position, pk) <= ($3, $4)", cancellation, previous.LastPosition, previous.LastPk, link.LastPosition, link.LastPk);
        await db.ExecuteAsync("DELETE FROM event_forgotten WHERE leaf = ANY($1)", cancellation, (object)link.ReadLeaves().ToArray());
        await db.ExecuteAsync("UPDATE event_seal SET leaves = '', dropped_at = $2, dropped_mark = $3 WHERE number = $1", cancellation, link.Number, now, EventSeal.Signed(key, "drop", link.Hash, now));
        return link;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The expired events of seal {Number} are kept, because they are not what was sealed: {Problem}")]
    partial void Kept(long number, string problem);
}
