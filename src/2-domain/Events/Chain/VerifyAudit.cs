using System.Text.Json.Nodes;
using Postern.Kernel;
using Postern.Storage;

namespace Postern.Events.Chain;

/// <summary>Goes through the whole chain and finds the first place where the log is not what was written.</summary>
public sealed class VerifyAudit(PosternDb db, CheckSeal check, ISignAudit signer)
{
    const int Page = 50;

    /// <summary>Verifies all seals. <paramref name="anchor"/> is the signature of an earlier export, whose last seal the chain must still hold; null for none. Invalid where that is no signature of ours.</summary>
    public async Task<Result<AuditReport>> ExecuteAsync(string? anchor, CancellationToken cancellation)
    {
        JsonObject? known = null;
        if (anchor is not null && (known = await signer.OpenAsync(anchor.Trim(), cancellation)) is null)
            return Fault.Input("This is not the signature of an export of this installation.");
        var (count, events, dropped, last) = (0L, 0L, 0L, EventSeal.None);
        await foreach (var (link, there, problem) in WalkAsync(db, check, EventSeal.None, cancellation))
        {
            if ((problem ?? Forgery(known, link)) is { } broken)
                return new AuditReport(count, events, dropped, Unsealed: 0, broken);
            (count, events, last) = (count + 1, events + there.Count, link);
            dropped += link.Count - there.Count;
        }
        if (known is not null && ExportAudit.LastOf(known).Number > last.Number)
            return new AuditReport(count, events, dropped, Unsealed: 0, $"The chain ends at seal {last.Number}, but the export knew seal {ExportAudit.LastOf(known).Number}: the end was cut off.");
        var unsealed = await db.ScalarAsync<long>("SELECT count(*) FROM event WHERE NOT from_outside AND (position, pk) > ($1, $2)", cancellation, last.LastPosition, last.LastPk);
        return new AuditReport(count, events, dropped, unsealed, Problem: null);
    }

    /// <summary>The seals after one, each with its events and what is wrong with it; ends at the first that something is wrong with.</summary>
    internal static async IAsyncEnumerable<(EventSeal Link, IReadOnlyList<SealedEvent> Events, string? Problem)> WalkAsync(
        PosternDb db, CheckSeal check, EventSeal after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        while (await ChainRows.SealsAsync(db, "WHERE number > $1 ORDER BY number LIMIT $2", cancellation, after.Number, Page) is { Count: > 0 } links)
        {
            foreach (var link in links)
            {
                var (there, problem) = await check.ExecuteAsync(after, link, cancellation);
                yield return (link, there, problem);
                if (problem is not null)
                    yield break;
                after = link;
            }
        }
    }

    static string? Forgery(JsonObject? known, EventSeal link)
    {
        if (known is null || ExportAudit.LastOf(known) is var (number, hash) && (number != link.Number || string.Equals(hash, Convert.ToHexStringLower(link.Hash), StringComparison.Ordinal)))
            return null;
        return $"The seal {link.Number} is another one than when the export was made: the chain was made anew.";
    }
}

/// <summary>How the log stands.</summary>
/// <param name="Seals">Seals that are right.</param>
/// <param name="Events">Events in them.</param>
/// <param name="Dropped">Events that were in them and were deleted in due form: expired, or with the person who caused them.</param>
/// <param name="Unsealed">Events that wait to be sealed.</param>
/// <param name="Problem">The first place where it is broken; null where it is not.</param>
public sealed record AuditReport(long Seals, long Events, long Dropped, long Unsealed, string? Problem);
