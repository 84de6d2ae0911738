using Microsoft.EntityFrameworkCore;
using Postern.Kernel;
using Postern.Portal.Organizations;
using Postern.Storage;

namespace Postern.Portal.Access;

/// <summary>Finds what somebody may do in an organization.</summary>
sealed class FindSeat(PosternDb db)
{
    /// <summary>
    /// A seat that allows what is asked. Strangers do not learn whether there is such an organization; members without the right, and support
    /// staff who would change something, are refused.
    /// </summary>
    public async Task<Result<Seat>> ExecuteAsync(Visitor visitor, Actor actor, Guid organization, Right right, bool changes, CancellationToken cancellation)
    {
        var found = await db.Set<Organization>().FirstOrDefaultAsync(o => o.Id == organization && o.DeletedAt == null, cancellation);
        var membership = found is null ? null : await db.Set<Membership>().FirstOrDefaultAsync(m => m.OrganizationId == organization && m.Subject == visitor.Subject, cancellation);
        if (found is null || (membership is null && !visitor.IsSupport))
            return new Fault.NotFound("Organization");
        var seat = new Seat(found, membership?.Role, actor);
        var allowed = membership is null ? right is Right.Member && !changes : right is Right.Member || seat.MayManage;
        return allowed ? seat : new Fault.Forbidden(membership is null ? "Support staff look at organizations; they do not act for them." : "Only owners of the organization can do this.");
    }
}
