using System.Net;
using Postern.Brands.Settings;
using Postern.Directory.Places;
using Postern.Storage;
using Postern.Storage.Snapshots;

namespace Postern.Policies.Reputation;

/// <summary>
/// Raises or lowers the score of a name at an address. One statement, so that parallel sign-ins all count; the score stays within the
/// configured limits and starts anew once it expired.
/// </summary>
public sealed class RecordReputation(PosternDb db, Snapshot<SystemSettings> settings, PlaceLookup places, TimeProvider clock)
{
    /// <summary>Time after the last change at which a score expires.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    const string Statement = """
        INSERT INTO reputation AS r (pk, identifier, ip, ip_geo_data, ip_asn_data, score, updated, expires)
        VALUES ($1, $2, $3, $9::jsonb, $10::jsonb, LEAST(GREATEST($4, $5), $6), $7, $8)
        ON CONFLICT (identifier, ip) DO UPDATE SET
            score = LEAST(GREATEST(CASE WHEN r.expires > $7 THEN r.score ELSE 0 END + $4, $5), $6), updated = $7, expires = $8,
            ip_geo_data = excluded.ip_geo_data, ip_asn_data = excluded.ip_asn_data
        """;

    /// <summary>Changes the score by <paramref name="change"/>: +1 for a sign-in, -1 for a failed one. Writes one row.</summary>
    public async Task ExecuteAsync(string identifier, IPAddress ip, int change, CancellationToken cancellation)
    {
        var limits = await settings.GetAsync(cancellation);
        var now = clock.GetUtcNow();
        await db.ExecuteAsync(Statement, cancellation, Guid.CreateVersion7(now), identifier, ip.ToString(), change, limits.ReputationLowerLimit, limits.ReputationUpperLimit, now, now + Lifetime,
            places.PlaceOf(ip)?.ToJsonString() ?? "{}", places.NetworkOf(ip)?.ToJsonString() ?? "{}");
    }
}
