using Microsoft.EntityFrameworkCore;
using Postern.Kernel;
using Postern.Portal.Access;
using Postern.Portal.Audit;
using Postern.Storage;

namespace Postern.Portal.Members;

/// <summary>Resends and revokes pending invitations. Writes invitation, audit entry and, when resent, a mail.</summary>
sealed class ManageInvitation(PosternDb db, MailInvitation mail, RecordAudit audit, TimeProvider clock)
{
    public async Task<Result<Invitation>> ResendAsync(Seat seat, Guid id, CancellationToken cancellation)
    {
        if (!(await FindAsync(seat, id, cancellation)).Succeeded(out var invitation, out var fault))
            return fault;
        mail.Send(seat, invitation);
        return await FinishAsync(seat, invitation, "member.invitation_resent", cancellation);
    }

    public async Task<Result<Invitation>> RevokeAsync(Seat seat, Guid id, CancellationToken cancellation)
    {
        if (!(await FindAsync(seat, id, cancellation)).Succeeded(out var invitation, out var fault))
            return fault;
        invitation.RevokedAt = clock.GetUtcNow();
        return await FinishAsync(seat, invitation, "member.invitation_revoked", cancellation);
    }

    async Task<Result<Invitation>> FindAsync(Seat seat, Guid id, CancellationToken cancellation) =>
        await db.Set<Invitation>().FirstOrDefaultAsync(i => i.Id == id && i.OrganizationId == seat.OrganizationId && i.AcceptedAt == null && i.RevokedAt == null, cancellation) is { } found
            ? found
            : new Fault.NotFound("Invitation");

    async Task<Result<Invitation>> FinishAsync(Seat seat, Invitation invitation, string action, CancellationToken cancellation)
    {
        audit.Add(seat.OrganizationId, seat.Actor, action, invitation.Email);
        await db.SaveChangesAsync(cancellation);
        return invitation;
    }
}
