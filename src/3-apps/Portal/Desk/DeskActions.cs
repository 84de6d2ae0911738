using Microsoft.EntityFrameworkCore;
using Postern.Billing.Subscriptions;
using Postern.Kernel;
using Postern.Portal.Access;
using Postern.Portal.Audit;
using Postern.Portal.Licenses;
using Postern.Portal.Members;
using Postern.Portal.Organizations;
using Postern.Storage;

namespace Postern.Portal.Desk;

/// <summary>What support staff do to organizations; the gate has let staff in only. Each is written to the organization's audit trail.</summary>
sealed class DeskActions(PosternDb db, ManageLicense licenses, EndSubscription end, Fulfil fulfil, RecordAudit audit, TimeProvider clock)
{
    /// <summary>Takes a license back for a reason that people are told; it is not renewed.</summary>
    public async Task<Result<Unit>> RevokeAsync(Actor staff, Guid organization, Guid license, string reason, CancellationToken cancellation)
    {
        if (!(await licenses.FindAsync(organization, license, cancellation)).Succeeded(out var found, out var fault))
            return fault;
        if (reason.Length is 0 or > 200)
            return Fault.Input("Give a reason, of at most 200 characters.");
        if (found.RevokedAt is not null)
            return Fault.Input("The license was taken back already.");
        return await db.InTransactionAsync<Result<Unit>>(
            async () =>
            {
                if ((await end.ForGoodAsync(organization, license, cancellation)).Fault is { } refused)
                    return refused;
                await fulfil.RevokeAsync(found, staff, reason, cancellation);
                await db.SaveChangesAsync(cancellation);
                return Unit.Value;
            },
            static r => r.Fault is null,
            cancellation);
    }

    /// <summary>Deletes an organization that pays for nothing any more: nobody sees it, its rows stay for as long as the law wants invoices kept.</summary>
    public async Task<Result<Unit>> DeleteAsync(Actor staff, Guid id, CancellationToken cancellation)
    {
        if (await db.Set<Organization>().FirstOrDefaultAsync(o => o.Id == id && o.DeletedAt == null, cancellation) is not { } organization)
            return new Fault.NotFound("Organization");
        var now = clock.GetUtcNow();
        if (await db.Set<Subscription>().AnyAsync(s => s.OrganizationId == id && (s.Status == SubscriptionStatus.Active || s.Status == SubscriptionStatus.PastDue) && !s.CancelAtPeriodEnd && !s.Revoked, cancellation))
            return Fault.Input("This organization has a subscription that renews. Cancel it first.");
        organization.DeletedAt = now;
        await foreach (var invitation in db.Set<Invitation>().Where(i => i.OrganizationId == id && i.AcceptedAt == null && i.RevokedAt == null).AsAsyncEnumerable().WithCancellation(cancellation))
            invitation.RevokedAt = now;
        audit.Add(id, staff, "organization.deleted", organization.Name);
        await db.SaveChangesAsync(cancellation);
        return Unit.Value;
    }
}
