using Microsoft.EntityFrameworkCore;
using Postern.Billing.Orders;
using Postern.Kernel;
using Postern.Portal.Access;
using Postern.Portal.Licenses;
using Postern.Portal.Looks;
using Postern.Portal.Members;
using Postern.Portal.SignIn;
using Postern.Portal.Usage;
using Postern.Storage;

namespace Postern.Portal.Organizations;

/// <summary>The page of an organization: licenses, members, pending invitations.</summary>
sealed class ShowOrganization(PosternDb db, ReadReports reports, Shells shells, TimeProvider clock)
{
    /// <summary>The page; with errors, as the answer to a refused invitation.</summary>
    public async Task<IResult> PageAsync(HttpContext http, FieldErrors? errors)
    {
        var seat = http.Seat();
        var organization = seat.OrganizationId;
        var members = await db.Set<Membership>().Where(m => m.OrganizationId == organization)
            .Join(db.Set<Person>(), m => m.Subject, p => p.Subject, (m, p) => new MemberRow(p.Subject, p.Name, p.Email, m.Role, m.Since))
            .ToListAsync(http.RequestAborted);
        return PortalPage.Of<OrganizationPage>(
            http,
            new
            {
                Shell = await shells.ForAsync(http),
                Seat = seat,
                Me = http.Visitor().Subject,
                Members = members.OrderBy(m => m.Role is Role.Owner ? 0 : 1).ThenBy(m => m.Name, StringComparer.OrdinalIgnoreCase).ToList(),
                Invitations = await db.Set<Invitation>().Where(i => i.OrganizationId == organization && i.AcceptedAt == null && i.RevokedAt == null).OrderBy(i => i.SentAt).ToListAsync(http.RequestAborted),
                Licenses = await db.Set<License>().AsNoTracking().Where(l => l.OrganizationId == organization).OrderBy(l => l.IssuedAt).ToListAsync(http.RequestAborted),
                Waiting = await db.Set<Order>().CountAsync(o => o.OrganizationId == organization && o.Status == OrderStatus.Processing, http.RequestAborted),
                Usage = await reports.NewestAsync(organization, http.RequestAborted),
                Now = clock.GetUtcNow(),
                Errors = errors,
                Invited = errors is null ? null : http.Request.Form["email"].ToString(),
            },
            errors is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }
}

/// <summary>A member in the organization's list.</summary>
public sealed record MemberRow(string Subject, string Name, string Email, Role Role, DateTimeOffset Since);
