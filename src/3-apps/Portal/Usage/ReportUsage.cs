using Microsoft.EntityFrameworkCore;
using Postern.Kernel;
using Postern.Portal.Access;
using Postern.Portal.Api;
using Postern.Portal.Licenses;
using Postern.Storage;

namespace Postern.Portal.Usage;

/// <summary>Keeps a report for an installation that has a license of the organization. Faults on <c>install_id</c> and the numbers. Writes the report.</summary>
sealed class ReportUsage(PosternDb db, TimeProvider clock)
{
    public async Task<Result<UsageReport>> ExecuteAsync(Seat seat, UsageRequest? request, CancellationToken cancellation)
    {
        if (request?.InstallId is not { } install || !await db.Set<License>().AnyAsync(l => l.OrganizationId == seat.OrganizationId && l.InstallId == install, cancellation))
            return Fault.Field("install_id", "No license of this organization is for such an installation.");
        if (request.InternalUsers is not >= 0)
            return Fault.Field("internal_users", "Enter a whole number.");
        if (request.ExternalUsers is not >= 0)
            return Fault.Field("external_users", "Enter a whole number.");
        if (request.Version is { Length: > 50 })
            return Fault.Field("version", "A version has at most 50 characters.");
        var report = new UsageReport
        {
            OrganizationId = seat.OrganizationId,
            InstallId = install,
            InternalUsers = request.InternalUsers.Value,
            ExternalUsers = request.ExternalUsers.Value,
            Version = request.Version ?? "",
            ReportedAt = clock.GetUtcNow(),
        };
        db.Add(report);
        await db.SaveChangesAsync(cancellation);
        return report;
    }
}
