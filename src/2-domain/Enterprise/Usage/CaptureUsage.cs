using Microsoft.EntityFrameworkCore;
using Postern.Directory.Users;
using Postern.Enterprise.Ladder;
using Postern.Enterprise.Licenses;
using Postern.Storage;
using Postern.Storage.Snapshots;

namespace Postern.Enterprise.Usage;

/// <summary>Counts the people who need a licence: active, internal or external; service accounts never. Writes a record when the newest is old or says something else.</summary>
sealed class CaptureUsage(PosternDb db, Snapshot<LicensePicture> picture, TimeProvider clock)
{
    static readonly TimeSpan Spacing = TimeSpan.FromHours(8);
    static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    /// <summary>Counts; with <paramref name="always"/> the record is written in any case, because the licences are about to change.</summary>
    public async Task ExecuteAsync(bool always, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var known = await picture.GetAsync(cancellation);
        var counts = await db.Set<User>().Where(u => u.IsActive && u.Username != User.AnonymousUsername && (u.Type == UserType.Internal || u.Type == UserType.External))
            .GroupBy(u => u.Type).Select(g => new { g.Key, Count = g.LongCount() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellation);
        var record = new UsageRecord
        {
            // After the newest one also where the clock ran ahead and was put right, so that it is the newest.
            RecordDate = known.CountedAt is { } newest && newest >= now ? newest + Tick : now,
            InternalUserCount = counts.GetValueOrDefault(UserType.Internal),
            ExternalUserCount = counts.GetValueOrDefault(UserType.External),
        };
        var state = DecideState.Of(known.Licenses, known.Counts with { Internal = record.InternalUserCount, External = record.ExternalUserCount }, now);
        // Without a licence nothing is within one: taking a key out and putting it in again wins no time.
        record.WithinLimits = state is { Level: EnforcementLevel.None, Status: not LicenseStatus.Unlicensed };
        if (!always && known.CountedAt is { } last && now - last < Spacing && IsSame(known, record))
            return;
        db.Add(record);
        await db.SaveChangesAsync(cancellation);
    }

    static bool IsSame(LicensePicture known, UsageRecord record) =>
        (known.Counts.Internal, known.Counts.External, known.IsWithin) == (record.InternalUserCount, record.ExternalUserCount, record.WithinLimits);
}
