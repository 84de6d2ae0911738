using Microsoft.EntityFrameworkCore;
using Postern.Kernel;
using Postern.Kernel.Values;
using Postern.Portal.Access;
using Postern.Portal.Audit;
using Postern.Portal.Organizations;
using Postern.Portal.SignIn;
using Postern.Storage;

namespace Postern.Portal.Members;

/// <summary>
/// Invites an address, or replaces the pending invitation of that address. Faults on the field <c>email</c> for a wrong address, a member, too many
/// pending ones. Writes invitation, mail, audit entry.
/// </summary>
sealed class InviteMember(PosternDb db, MailInvitation mail, RecordAudit audit, TimeProvider clock)
{
    public async Task<Result<Invitation>> ExecuteAsync(Seat seat, string email, string role, CancellationToken cancellation)
    {
        if (!EmailAddress.IsValid(email))
            return Fault.Field("email", "Enter an e-mail address.");
        if (!WireEnum<Role>.TryParse(role, out var wanted))
            return Fault.Field("role", "Choose Member or Owner.");
        if (await IsMemberAsync(seat.OrganizationId, email, cancellation))
            return Fault.Field("email", "This person already is a member.");
        var now = clock.GetUtcNow();
        var pending = await db.Set<Invitation>().Where(i => i.OrganizationId == seat.OrganizationId && i.AcceptedAt == null && i.RevokedAt == null).ToListAsync(cancellation);
        var invitation = pending.Find(i => i.IsFor(email));
        if (invitation is null && pending.Count(i => i.IsOpen(now)) >= Invitation.MostPending)
            return Fault.Field("email", $"{Invitation.MostPending} invitations are waiting already. Revoke one first.");
        if (invitation is null)
            db.Add(invitation = new Invitation { OrganizationId = seat.OrganizationId, Email = email });
        invitation.Role = wanted;
        mail.Send(seat, invitation);
        audit.Add(seat.OrganizationId, seat.Actor, "member.invited", $"{email} as {WireEnum<Role>.Name(wanted)}");
        await db.SaveChangesAsync(cancellation);
        return invitation;
    }

#pragma warning disable CA1304, CA1311, CA1862, MA0011 // Translated to SQL's lower().
    Task<bool> IsMemberAsync(Guid organization, string email, CancellationToken cancellation) => db.Set<Membership>()
        .Where(m => m.OrganizationId == organization)
        .Join(db.Set<Person>(), m => m.Subject, p => p.Subject, (m, p) => p.Email.ToLower())
        .AnyAsync(e => e == email.ToLower(), cancellation);
#pragma warning restore CA1304, CA1311, CA1862, MA0011
}
