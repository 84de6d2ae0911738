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
/// Gives members another role, removes them, lets them leave. An organization keeps at least one owner: the last cannot go or step down.
/// Writes membership and audit entry.
/// </summary>
sealed class ChangeMembership(PosternDb db, RecordAudit audit)
{
    const string LastOwner = "This is the last owner. Make somebody else an owner first.";

    public Task<Result<Unit>> SetRoleAsync(Seat seat, string subject, string role, CancellationToken cancellation) => !WireEnum<Role>.TryParse(role, out var wanted)
        ? Task.FromResult<Result<Unit>>(Fault.Field("role", "Choose Member or Owner."))
        : ChangeAsync(seat, subject, losesOwner: wanted is not Role.Owner, "member.role_changed", m => m.Role = wanted, $" to {WireEnum<Role>.Name(wanted)}", cancellation);

    public Task<Result<Unit>> RemoveAsync(Seat seat, string subject, CancellationToken cancellation) =>
        ChangeAsync(seat, subject, losesOwner: true, "member.removed", m => db.Remove(m), "", cancellation);

    public Task<Result<Unit>> LeaveAsync(Seat seat, CancellationToken cancellation) =>
        ChangeAsync(seat, seat.Actor.Subject, losesOwner: true, "member.left", m => db.Remove(m), "", cancellation);

    async Task<Result<Unit>> ChangeAsync(Seat seat, string subject, bool losesOwner, string action, Action<Membership> change, string detail, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // Two owners who remove each other wait here for one another.
        await db.ExecuteAsync("SELECT 1 FROM organization WHERE id = $1 FOR UPDATE", cancellation, seat.OrganizationId);
        var members = await db.Set<Membership>().Where(m => m.OrganizationId == seat.OrganizationId).ToListAsync(cancellation);
        if (members.Find(m => m.Subject == subject) is not { } membership)
            return new Fault.NotFound("Member");
        if (losesOwner && membership.Role is Role.Owner && members.Count(m => m.Role is Role.Owner) == 1)
            return Fault.Input(LastOwner);
        change(membership);
        var person = await db.Set<Person>().FirstAsync(p => p.Subject == subject, cancellation);
        audit.Add(seat.OrganizationId, seat.Actor, action, person.Email + detail);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return Unit.Value;
    }
}
