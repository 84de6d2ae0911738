using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Brands;
using Postern.Invitations.Ledger;
using Postern.Jobs;
using Postern.Kernel.Access;
using Postern.Storage;

namespace Postern.Invitations.Mailing;

/// <summary>
/// Reminds people who were mailed an invitation and did nothing: after three days, and a day before it expires where it was mailed a day before that. Links
/// that were passed on by hand remind nobody.
/// </summary>
sealed class RemindInvited(PosternDb db, WriteInvitationMail write, Links links, WriteLedger ledger, TimeProvider clock) : IJobHandler
{
    public const string JobKind = "invitations.remind";
    const int Batch = 100;
    static readonly TimeSpan First = TimeSpan.FromDays(3);
    static readonly TimeSpan Last = TimeSpan.FromDays(1);

    const string Due = """
        SELECT * FROM invitation
        WHERE reminders AND recipient <> '' AND sent_on IS NOT NULL AND uses = 0 AND NOT draft AND revoked_on IS NULL AND superseded_by IS NULL
          AND (expires IS NULL OR expires > {0})
          AND ((reminded < 1 AND queued_on <= {1}) OR (reminded < 2 AND expires <= {2} AND queued_on <= {3}))
        ORDER BY queued_on LIMIT {4} FOR UPDATE SKIP LOCKED
        """;

    public async Task ExecuteAsync(JsonObject payload, CancellationToken cancellation)
    {
        if (await links.BaseAsync(request: null, cancellation) is not { } address)
            return;
        while (await SomeAsync(address, cancellation) == Batch)
            db.ChangeTracker.Clear();
    }

    Task<int> SomeAsync(string address, CancellationToken cancellation) => db.InTransactionAsync(
        async () =>
        {
            var now = clock.GetUtcNow();
            var due = await db.Set<Invitation>().FromSqlRaw(Due, now, now - First, now + Last, now - Last, Batch).ToListAsync(cancellation);
            foreach (var invitation in due)
            {
                var (queued, isLast) = (invitation.QueuedOn, invitation.Expires <= now + Last);
                invitation.Reminded = isLast ? 2 : 1;
                if ((await write.AddAsync(invitation, address, InvitationMail.For(invitation) with { Template = WriteInvitationMail.Reminder }, cancellation)).Fault is null)
                    ledger.Add(invitation.Pk, "reminded", Caller.System, isLast ? "A day before it expires." : "After three days.");
                // Reminders count from the invitation itself.
                invitation.QueuedOn = queued;
            }
            await db.SaveChangesAsync(cancellation);
            return due.Count;
        },
        static _ => true,
        cancellation);
}
