using System.Data.Common;
using System.Security.Cryptography;
using Postern.Kernel.Values;
using Postern.Storage.Opening;

namespace Postern.Events.Chain;

/// <summary>One link of the chain: hashes of a run of events, bound to the link before it, and marked with the secret key so that nobody without it can make another.</summary>
sealed record EventSeal(long Number, long LastPosition, Guid LastPk, int Count, DateTimeOffset Expires, DateTimeOffset SealedAt, byte[] LeavesHash, byte[] Previous)
{
    public const string Columns = "number, last_position, last_pk, count, expires, sealed_at, leaves_hash, previous, leaves, hash, mark, dropped_at, dropped_mark";

    const int LeafBytes = 32;

    /// <summary>What the first link has before it: nothing.</summary>
    public static readonly EventSeal None = new(0, -1, Guid.Empty, 0, DateTimeOffset.MinValue, DateTimeOffset.MinValue, [], []) { Hash = new byte[LeafBytes] };

    public byte[] Leaves { get; init; } = [];

    public byte[] Hash { get; init; } = [];

    public byte[] Mark { get; init; } = [];

    public DateTimeOffset? DroppedAt { get; init; }

    public byte[]? DroppedMark { get; init; }

    /// <summary>The next link after <paramref name="previous"/>.</summary>
    public static EventSeal Of(EventSeal previous, IReadOnlyList<SealedEvent> events, DateTimeOffset now, SecretSeal key)
    {
        byte[] leaves = [.. events.SelectMany(e => e.Leaf)];
        var link = new EventSeal(previous.Number + 1, events[^1].Position, events[^1].Pk, events.Count, events.Max(e => e.Expires), ToMicroseconds(now), SHA256.HashData(leaves), previous.Hash);
        var hash = link.Sum();
        return link with { Leaves = leaves, Hash = hash, Mark = Signed(key, "seal", hash) };
    }

    public static EventSeal Read(DbDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), row.GetGuid(2), row.GetInt32(3), row.GetFieldValue<DateTimeOffset>(4), row.GetFieldValue<DateTimeOffset>(5), (byte[])row[6], (byte[])row[7])
    {
        Leaves = (byte[])row[8],
        Hash = (byte[])row[9],
        Mark = (byte[])row[10],
        DroppedAt = row.IsDBNull(11) ? null : row.GetFieldValue<DateTimeOffset>(11),
        DroppedMark = row.IsDBNull(12) ? null : (byte[])row[12],
    };

    /// <summary>A keyed hash over a word and values.</summary>
    public static byte[] Signed(SecretSeal key, string word, byte[] hash, DateTimeOffset? time = null) => key.Hash(Content(hash, time), $"events.{word}");

    /// <summary>Whether it was made with the secret key of today or one of before.</summary>
    public static bool IsSigned(SecretSeal key, string word, byte[] mark, byte[] hash, DateTimeOffset? time = null) =>
        key.Hashes(Content(hash, time), $"events.{word}").Any(h => CryptographicOperations.FixedTimeEquals(h, mark));

    /// <summary>PostgreSQL keeps no more.</summary>
    public static DateTimeOffset ToMicroseconds(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMicrosecond));

    /// <summary>What is wrong with the link itself; null when nothing is.</summary>
    public string? Refusal(EventSeal previous, SecretSeal key)
    {
        if (Number != previous.Number + 1)
            return $"The seal {previous.Number + 1} is missing.";
        if (!Previous.AsSpan().SequenceEqual(previous.Hash) || !Hash.AsSpan().SequenceEqual(Sum()))
            return $"The seal {Number} was changed.";
        if (!IsSigned(key, "seal", Mark, Hash))
            return $"The seal {Number} does not bear the mark of this installation's secret key: it was made by somebody else, or the key is another one now.";
        if (DroppedAt is null)
            return SHA256.HashData(Leaves).AsSpan().SequenceEqual(LeavesHash) ? null : $"The hashes in the seal {Number} were changed.";
        return DroppedMark is not null && DroppedAt >= Expires && IsSigned(key, "drop", DroppedMark, Hash, DroppedAt)
            ? null
            : $"The seal {Number} says that its events expired, which is not true.";
    }

    /// <summary>The hashes of its events, in order.</summary>
    public List<byte[]> ReadLeaves() => [.. Leaves.Chunk(LeafBytes)];

    static Secret Content(byte[] hash, DateTimeOffset? time) => new($"{Convert.ToHexStringLower(hash)} {(time is { } at ? Canonical.Time(at) : "")}");

    byte[] Sum() => Canonical.Hash(
        Canonical.Number(Number), Canonical.Number(LastPosition), LastPk.ToString(), Canonical.Number(Count), Canonical.Time(Expires), Canonical.Time(SealedAt),
        Convert.ToHexStringLower(LeavesHash), Convert.ToHexStringLower(Previous));
}
