using Microsoft.EntityFrameworkCore;
using Postern.Kernel;
using Postern.Portal.Access;
using Postern.Portal.Audit;
using Postern.Portal.Organizations;
using Postern.Storage;

namespace Postern.Portal.Members;

/// <summary>
/// Takes an invitation by its mailed link, once. The link proves that somebody reads the mailbox; the address must also be the one they signed in with,
/// so that nobody joins with the wrong account. The inviter must still be an owner. Writes invitation, membership, audit entry.
/// </summary>
sealed class AcceptInvitation(PosternDb db, RecordAudit audit, TimeProvider clock)
{
    /// <summary>What the link leads to; one fault for links that are unknown, used, revoked or too old.</summary>
    public async Task<Result<(Invitation Invitation, Organization Organization)>> FindAsync(string token, CancellationToken cancellation)
    {
        var hash = Invitation.Hash(token);
        var invitation = await db.Set<Invitation>().FirstOrDefaultAsync(i => i.TokenHash == hash, cancellation);
        var organization = invitation is null ? null : await db.Set<Organization>().FirstOrDefaultAsync(o => o.Id == invitation.OrganizationId && o.DeletedAt == null, cancellation);
        return invitation is not null && organization is not null && invitation.IsOpen(clock.GetUtcNow()) && await IsOwnerAsync(invitation, cancellation)
            ? (invitation, organization)
            : Fault.Input("This invitation is no longer valid. Ask an owner of the organization for a new one.");
    }

    public async Task<Result<Organization>> ExecuteAsync(Visitor visitor, Actor actor, string token, CancellationToken cancellation)
    {
        if (!(await FindAsync(token, cancellation)).Succeeded(out var found, out var fault))
            return fault;
        var (invitation, organization) = found;
        if (!invitation.IsFor(visitor.Person.Email))
            return new Fault.Forbidden($"This invitation is for another e-mail address than {visitor.Person.Email}. Sign in with the account of the address it was sent to, or ask for a new invitation.");
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // Once only, whoever else comes at the same moment.
        if (await db.ExecuteAsync("UPDATE invitation SET accepted_at = $2 WHERE id = $1 AND accepted_at IS NULL AND revoked_at IS NULL", cancellation, invitation.Id, now) == 0)
            return Fault.Input("This invitation was used already.");
        var membership = await db.Set<Membership>().FirstOrDefaultAsync(m => m.OrganizationId == organization.Id && m.Subject == visitor.Subject, cancellation);
        if (membership is null)
            db.Add(new Membership { OrganizationId = organization.Id, Subject = visitor.Subject, Role = invitation.Role, Since = now, AddedBy = invitation.InvitedBy });
        audit.Add(organization.Id, actor, "member.joined", $"{visitor.Person.Email} as {invitation.Role}");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return organization;
    }

    Task<bool> IsOwnerAsync(Invitation invitation, CancellationToken cancellation) =>
        db.Set<Membership>().AnyAsync(m => m.OrganizationId == invitation.OrganizationId && m.Subject == invitation.InvitedBy && m.Role == Role.Owner, cancellation);
}
