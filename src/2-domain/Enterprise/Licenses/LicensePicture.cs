using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Postern.Enterprise.Ladder;
using Postern.Enterprise.Usage;
using Postern.Licensing;
using Postern.Storage;
using Postern.Storage.Opening;
using Postern.Storage.Snapshots;

namespace Postern.Enterprise.Licenses;

/// <summary>The installed licences and the newest count of people, in memory. Keys that do not verify count for nothing.</summary>
sealed record LicensePicture(IReadOnlyList<HeldLicense> Licenses, UserCounts Counts, DateTimeOffset? CountedAt, bool IsWithin)
{
    public static Snapshot<LicensePicture> Watch(SnapshotHub hub, IServiceScopeFactory scopes) => hub.Declare(["license", "license_usage"], async cancellation =>
    {
        await using var scope = scopes.CreateAsyncScope(Pool.Pictures);
        var db = scope.ServiceProvider.GetRequiredService<PosternDb>();
        var verify = scope.ServiceProvider.GetRequiredService<VerifyLicense>();
        var held = new List<HeldLicense>();
        foreach (var key in await db.Set<License>().AsNoTracking().Select(l => l.Key).ToListAsync(cancellation))
        {
            if ((await verify.ExecuteAsync(key, cancellation)).Succeeded(out var document, out _))
                held.Add(Held(document, await db.ScalarAsync<DateTime?>("SELECT first_seen FROM license_seen WHERE key_hash = $1", cancellation, NoteSeenKey.HashOf(key))));
        }
        var newest = await db.Set<UsageRecord>().AsNoTracking().OrderByDescending(u => u.RecordDate).FirstOrDefaultAsync(cancellation);
        var within = await db.Set<UsageRecord>().Where(u => u.WithinLimits).OrderByDescending(u => u.RecordDate).Select(u => (DateTimeOffset?)u.RecordDate).FirstOrDefaultAsync(cancellation);
        return new LicensePicture(held, new(newest?.InternalUserCount ?? 0, newest?.ExternalUserCount ?? 0, within), newest?.RecordDate, newest?.WithinLimits ?? false);
    });

    internal static HeldLicense Held(LicenseDocument document, DateTime? firstSeen) =>
        new(At(document.ExpiresAt), document.InternalUsers, document.ExternalUsers, firstSeen is { } seen ? new DateTimeOffset(seen) : At(document.IssuedAt))
        {
            From = At(document.NotBefore ?? document.IssuedAt),
            Flags = document.Flags,
        };

    static DateTimeOffset At(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds);
}
