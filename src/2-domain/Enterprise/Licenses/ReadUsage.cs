using Microsoft.EntityFrameworkCore;
using Postern.Enterprise.Ladder;
using Postern.Enterprise.Usage;
using Postern.Storage;

namespace Postern.Enterprise.Licenses;

/// <summary>The history of counts for a chart, with its trend. Two years at most, thinned to one record a day.</summary>
public sealed class ReadUsage
{
    readonly PosternDb db;
    readonly ReadLicenses licenses;
    readonly TimeProvider clock;

    public ReadUsage(PosternDb db, ReadLicenses licenses, TimeProvider clock) => (this.db, this.licenses, this.clock) = (db, licenses, clock);

    public async Task<UsageTrend> ExecuteAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var state = await licenses.FreshAsync(cancellation);
        var daily = await db.Set<UsageRecord>().FromSql(
            $"SELECT DISTINCT ON (date_trunc('day', record_date)) * FROM license_usage ORDER BY date_trunc('day', record_date), record_date DESC").AsNoTracking().ToListAsync(cancellation);
        daily.Sort((a, b) => a.RecordDate.CompareTo(b.RecordDate));
        var forecast = Forecast.Of(daily, now);
        return new UsageTrend(state, daily, forecast)
        {
            InternalFullOn = Forecast.Crossing(state.Counts.Internal, state.InternalUsers, forecast.Internal, now),
            ExternalFullOn = Forecast.Crossing(state.Counts.External, state.ExternalUsers, forecast.External, now),
        };
    }
}

/// <summary>Counts over time and where they lead.</summary>
/// <param name="State">The state now.</param>
/// <param name="Daily">The last record of each day, oldest first.</param>
/// <param name="Forecast">Growth over the next year.</param>
public sealed record UsageTrend(LicenseState State, IReadOnlyList<UsageRecord> Daily, Forecast Forecast)
{
    /// <summary>When the licences will be too small for internal users; null for not foreseeable.</summary>
    public DateTimeOffset? InternalFullOn { get; init; }

    /// <summary>Likewise for external users.</summary>
    public DateTimeOffset? ExternalFullOn { get; init; }
}
