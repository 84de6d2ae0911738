using Microsoft.EntityFrameworkCore;
using Postern.Billing.Plans;
using Postern.Billing.Subscriptions;
using Postern.Kernel;
using Postern.Portal.Access;
using Postern.Portal.Looks;
using Postern.Portal.Usage;
using Postern.Storage;

namespace Postern.Portal.Licenses;

/// <summary>Gathers what the page of a license shows.</summary>
sealed class ShowLicense(PosternDb db, Shells shells, ManageLicense manage, ReadReports reports, TimeProvider clock)
{
    /// <summary>The page; with the key where it was just asked for, with errors as the answer to a refused form.</summary>
    public async Task<IResult> PageAsync(HttpContext http, Guid id, string? key, FieldErrors? errors)
    {
        var seat = http.Seat();
        if (!(await manage.FindAsync(seat.OrganizationId, id, http.RequestAborted)).Succeeded(out var license, out var fault))
            return Problem.Of(http, fault);
        return PortalPage.Of<LicensePage>(
            http,
            new
            {
                Shell = await shells.ForAsync(http),
                Seat = seat,
                License = license,
                Plan = await db.Set<Plan>().AsNoTracking().FirstOrDefaultAsync(p => p.Code == license.PlanCode, http.RequestAborted),
                Subscription = await db.Set<Subscription>().AsNoTracking().FirstOrDefaultAsync(s => s.OrderId == id, http.RequestAborted),
                Keys = await db.Set<LicenseKey>().AsNoTracking().Where(k => k.LicenseId == id).OrderByDescending(k => k.Revision).ToListAsync(http.RequestAborted),
                Usage = await reports.HistoryAsync(seat.OrganizationId, license.InstallId, http.RequestAborted),
                Key = key,
                Now = clock.GetUtcNow(),
                Errors = errors,
            },
            errors is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }
}
