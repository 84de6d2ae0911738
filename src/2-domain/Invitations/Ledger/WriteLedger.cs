using Microsoft.EntityFrameworkCore;
using Postern.Kernel.Access;
using Postern.Storage;

namespace Postern.Invitations.Ledger;

/// <summary>Writes lines of invitations' histories as part of the caller's own change.</summary>
public sealed class WriteLedger(PosternDb db, TimeProvider clock)
{
    /// <summary>Strangers try links again and again: one line an hour for each cause.</summary>
    static readonly TimeSpan Quiet = TimeSpan.FromHours(1);

    public void Add(Guid invitation, string what, Caller caller, string detail = "", int? user = null) => db.Add(new InvitationEntry
    {
        InvitationPk = invitation,
        At = clock.GetUtcNow(),
        What = what,
        Actor = caller.Kind is CallerKind.Anonymous ? "" : caller.Username,
        UserPk = user,
        ClientIp = caller.ClientIp?.ToString(),
        Detail = detail,
    });

    /// <summary>Somebody was turned away, and why.</summary>
    public async ValueTask RefusedAsync(Guid invitation, Caller caller, string why, CancellationToken cancellation)
    {
        var since = clock.GetUtcNow() - Quiet;
        if (!await db.Set<InvitationEntry>().AnyAsync(e => e.InvitationPk == invitation && e.What == "refused" && e.Detail == why && e.At > since, cancellation))
            Add(invitation, "refused", caller, why);
    }

    /// <summary>It was opened or begun: the first time counts.</summary>
    public async ValueTask FirstAsync(Guid invitation, string what, Caller caller, CancellationToken cancellation)
    {
        var column = what is InvitationStatus.Opened ? "opened_on" : "started_on";
        if (await db.ExecuteAsync($"UPDATE invitation SET {column} = $2 WHERE pk = $1 AND {column} IS NULL", cancellation, invitation, clock.GetUtcNow()) > 0)
            Add(invitation, what, caller);
    }
}
