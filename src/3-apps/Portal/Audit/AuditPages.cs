using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Postern.Portal.Access;
using Postern.Portal.Looks;
using Postern.Storage;

namespace Postern.Portal.Audit;

/// <summary>An organization's audit trail.</summary>
static class AuditPages
{
    const int PageSize = 50;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/organizations/{org:guid}/audit", ShowAsync).Needs(Right.Owner);

    static async Task<IResult> ShowAsync(HttpContext http, PosternDb db, Shells shells)
    {
        var seat = http.Seat();
        var before = long.TryParse(http.Request.Query["before"], CultureInfo.InvariantCulture, out var id) ? id : long.MaxValue;
        var entries = await db.Set<AuditEntry>().AsNoTracking().Where(e => e.OrganizationId == seat.OrganizationId && e.Id < before).OrderByDescending(e => e.Id).Take(PageSize + 1).ToListAsync(http.RequestAborted);
        return PortalPage.Of<AuditPage>(http, new { Shell = await shells.ForAsync(http), seat.Organization, Entries = entries.Take(PageSize).ToList(), HasMore = entries.Count > PageSize });
    }
}
