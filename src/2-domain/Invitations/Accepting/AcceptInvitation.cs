using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Postern.Api.Http;
using Postern.Directory.Users;
using Postern.Invitations.Ledger;
using Postern.Kernel;
using Postern.Storage;

namespace Postern.Invitations.Accepting;

/// <summary>
/// Somebody who has an account and is signed in takes what an invitation gives. Counts a use and gives in one transaction; the same person takes one once.
/// Faults: unauthenticated; not found for a link that opens nothing or is not for people with accounts; invalid for another e-mail address.
/// </summary>
public sealed class AcceptInvitation(PosternDb db, TakeUse take, ApplyGrants grants, WriteLedger ledger)
{
    const string Missing = "invitation that you could accept";

    public async Task<Result<Unit>> ExecuteAsync(HttpContext http, Guid pk, CancellationToken cancellation)
    {
        if (http.Caller() is not { UserPk: { } userPk, Impersonator: null } caller)
            return new Fault.Unauthenticated();
        return await db.InTransactionAsync<Result<Unit>>(
            async () =>
            {
                if (await db.Set<Invitation>().AsNoTracking().FirstOrDefaultAsync(i => i.Pk == pk && i.AcceptExisting, cancellation) is not { } invitation)
                    return new Fault.NotFound(Missing);
                var user = await db.Set<User>().SingleAsync(u => u.Pk == userPk, cancellation);
                if (AdmitEmail.Refusal(invitation, user.Email) is { } wrong)
                    return Fault.Input(wrong);
                if (!await take.ExecuteAsync(pk, caller, cancellation))
                    return new Fault.NotFound(Missing);
                // Asked while the row is locked, so that two presses at once take one.
                if (await db.Set<InvitationEntry>().AnyAsync(e => e.InvitationPk == pk && e.UserPk == userPk && e.What == InvitationStatus.Accepted, cancellation))
                    return Fault.Input("You have accepted this invitation already.");
                await grants.ExecuteAsync(invitation, user, isNew: false, cancellation);
                ledger.Add(pk, InvitationStatus.Accepted, caller, user.Username, user.Pk);
                await db.SaveChangesAsync(cancellation);
                return Unit.Value;
            },
            r => r.Fault is null,
            cancellation);
    }
}
