using Microsoft.EntityFrameworkCore;
using Postern.Portal.Licenses;
using Postern.Storage;

namespace Postern.Portal.Usage;

/// <summary>What installations of an organization reported of themselves. Whoever calls has checked that the caller may look.</summary>
sealed class ReadReports(PosternDb db, TimeProvider clock)
{
    const int ShownYears = 2;

    /// <summary>The newest report of each installation, with what its valid licenses allow.</summary>
    public async Task<IReadOnlyList<InstallationUsage>> NewestAsync(Guid organization, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var newest = await db.Set<UsageReport>().FromSql(
            $"SELECT DISTINCT ON (install_id) * FROM usage_report WHERE organization_id = {organization} ORDER BY install_id, reported_at DESC").AsNoTracking().ToListAsync(cancellation);
        var licenses = await db.Set<License>().AsNoTracking().Where(l => l.OrganizationId == organization && l.RevokedAt == null && l.PaidThrough > now).ToListAsync(cancellation);
        return [.. newest.OrderByDescending(r => r.ReportedAt).Select(r => new InstallationUsage(r, Allowed(r, l => l.InternalUsers), Allowed(r, l => l.ExternalUsers)))];

        int Allowed(UsageReport report, Func<License, int> users) => licenses.Where(l => l.InstallId == report.InstallId).Sum(users);
    }

    /// <summary>The last report of each day of two years, oldest first.</summary>
    public async Task<IReadOnlyList<UsageReport>> HistoryAsync(Guid organization, Guid install, CancellationToken cancellation)
    {
        var since = clock.GetUtcNow().AddYears(-ShownYears);
        var daily = await db.Set<UsageReport>().FromSql(
            $"""
            SELECT DISTINCT ON (date_trunc('day', reported_at)) * FROM usage_report
            WHERE organization_id = {organization} AND install_id = {install} AND reported_at >= {since} ORDER BY date_trunc('day', reported_at), reported_at DESC
            """).AsNoTracking().ToListAsync(cancellation);
        return [.. daily.OrderBy(r => r.ReportedAt)];
    }
}

/// <summary>The newest report of an installation.</summary>
/// <param name="Report">What it reported.</param>
/// <param name="InternalAllowed">Internal users that its valid licenses allow together.</param>
/// <param name="ExternalAllowed">External users that its valid licenses allow together.</param>
public sealed record InstallationUsage(UsageReport Report, int InternalAllowed, int ExternalAllowed)
{
    /// <summary>There are more users than the licenses allow.</summary>
    public bool IsOver => Report.InternalUsers > InternalAllowed || Report.ExternalUsers > ExternalAllowed;
}
