using Postern.Storage;
using Postern.Storage.Opening;

namespace Postern.Events.Chain;

/// <summary>Compares the events that are there with the hashes of their seal.</summary>
public sealed class CheckSeal(PosternDb db, SecretSeal key)
{
    /// <summary>Transactions take their time, and clocks of nodes differ; more than that, and an event was written after the time it tells.</summary>
    static readonly TimeSpan Latest = TimeSpan.FromDays(1);

    /// <summary>The events of the link, and what is wrong; null when nothing is.</summary>
    internal async Task<(IReadOnlyList<SealedEvent> Events, string? Problem)> ExecuteAsync(EventSeal previous, EventSeal link, CancellationToken cancellation)
    {
        if (link.Refusal(previous, key) is { } refusal)
            return ([], refusal);
        var there = await ChainRows.EventsAsync(db, previous, link, cancellation);
        if (link.DroppedAt is not null)
            return (there, there.Count == 0 ? null : $"The event {there[0].Pk} was inserted among events that had expired (seal {link.Number}).");
        var expected = await WithoutForgottenAsync(link.ReadLeaves(), there, cancellation);
        return (there, Difference(link, expected, there) ?? Backdated(previous, link, there));
    }

    static string? Difference(EventSeal link, List<byte[]> expected, List<SealedEvent> there)
    {
        for (var i = 0; i < Math.Max(expected.Count, there.Count); i++)
        {
            if (i < expected.Count && i < there.Count && expected[i].AsSpan().SequenceEqual(there[i].Leaf))
                continue;
            var place = $"seal {link.Number}, sealed {Canonical.Time(link.SealedAt)}";
            return there.Count == expected.Count ? $"The event {there[i].Pk} of {Canonical.Time(there[i].Created)} was changed ({place})."
                : there.Count < expected.Count ? $"An event was deleted {(i == 0 ? "at the beginning" : $"after the event {there[i - 1].Pk} of {Canonical.Time(there[i - 1].Created)}")} ({place})."
                : $"The event {there[i].Pk} of {Canonical.Time(there[i].Created)} was inserted ({place}).";
        }
        return null;
    }

    static string? Backdated(EventSeal previous, EventSeal link, List<SealedEvent> there) =>
        previous.Number > 0 && there.Find(e => e.Created < previous.SealedAt - Latest) is { } late
            ? $"The event {late.Pk} says that it is of {Canonical.Time(late.Created)}, but was written after {Canonical.Time(previous.SealedAt)} (seal {link.Number})."
            : null;

    async Task<List<byte[]>> WithoutForgottenAsync(List<byte[]> leaves, List<SealedEvent> there, CancellationToken cancellation)
    {
        var present = there.Select(e => Convert.ToHexString(e.Leaf)).ToHashSet(StringComparer.Ordinal);
        var missing = leaves.Where(l => !present.Contains(Convert.ToHexString(l))).ToArray();
        if (missing.Length == 0)
            return leaves;
        HashSet<string> forgotten = new(StringComparer.Ordinal);
        await using (var rows = await db.ReadAsync("SELECT leaf, forgotten_at, mark FROM event_forgotten WHERE leaf = ANY($1)", cancellation, (object)missing))
        {
            while (await rows.ReadAsync(cancellation))
            {
                var leaf = (byte[])rows[0];
                if (EventSeal.IsSigned(key, "forget", (byte[])rows[2], leaf, rows.GetFieldValue<DateTimeOffset>(1)))
                    forgotten.Add(Convert.ToHexString(leaf));
            }
        }
        return [.. leaves.Where(l => !forgotten.Contains(Convert.ToHexString(l)))];
    }
}
