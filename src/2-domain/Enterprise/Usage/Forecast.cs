namespace Postern.Enterprise.Usage;

/// <summary>Where the number of people is heading.</summary>
/// <param name="Internal">More active internal users in a year, at the growth of the last month.</param>
/// <param name="External">More active external users in a year, likewise.</param>
public sealed record Forecast(long Internal, long External)
{
    const int Months = 12;

    static readonly TimeSpan Month = TimeSpan.FromDays(30);

    /// <summary>Growth from the record a month ago, or the first there is, to now; what shrinks is foreseen to stay.</summary>
    public static Forecast Of(IReadOnlyList<UsageRecord> oldestFirst, DateTimeOffset now)
    {
        if (oldestFirst.Count == 0)
            return new(0, 0);
        var start = oldestFirst.LastOrDefault(r => r.RecordDate <= now - Month) ?? oldestFirst[0];
        var last = oldestFirst[^1];
        var days = Math.Max((now - start.RecordDate).TotalDays, 1);
        return new(Year(last.InternalUserCount - start.InternalUserCount, days), Year(last.ExternalUserCount - start.ExternalUserCount, days));
    }

    /// <summary>When a limit will be crossed at this growth; null for not within ten years.</summary>
    public static DateTimeOffset? Crossing(long count, long limit, long yearly, DateTimeOffset now)
    {
        const int most = 3650;
        if (yearly <= 0 || count > limit)
            return null;
        var days = (limit - count + 1) * 365.0 / yearly;
        return days <= most ? now.AddDays(days) : null;
    }

    static long Year(long growth, double days) => Math.Max(0, (long)Math.Round(growth / Math.Max(days, Month.TotalDays) * Month.TotalDays * Months));
}
