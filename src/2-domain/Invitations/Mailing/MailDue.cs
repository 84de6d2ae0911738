using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Brands;
using Postern.Invitations.Ledger;
using Postern.Jobs;
using Postern.Kernel.Access;
using Postern.Storage;

namespace Postern.Invitations.Mailing;

/// <summary>
/// Mails the invitations whose moment has come, within the limits of the hour. A mail and the note that it was written are one transaction, so that each
/// is written once whenever the worker dies.
/// </summary>
sealed class MailDue(PosternDb db, WriteInvitationMail write, Links links, MailAllowance allowance, WriteLedger ledger, TimeProvider clock) : IJobHandler
{
    /// <summary>Of jobs that somebody's change asks for.</summary>
    public const string JobKind = "invitations.mail";

    /// <summary>Of the one that looks every minute, for what waited for room.</summary>
    public const string ScheduleKind = "invitations.mail_due";

    const int Batch = 100;
    const string NoAddress = "Set the base URL in the system settings: without it there is no link to mail.";

    const string Due = """
        SELECT * FROM invitation
        WHERE send_at <= {0} AND queued_on IS NULL AND NOT draft AND recipient <> '' AND revoked_on IS NULL AND superseded_by IS NULL
          AND (expires IS NULL OR expires > {0}) AND NOT (created_by_pk = ANY({1}))
          AND failed_on IS NULL
        ORDER BY send_at LIMIT {2} FOR UPDATE SKIP LOCKED
        """;

    public async Task ExecuteAsync(JsonObject payload, CancellationToken cancellation)
    {
        if (await links.BaseAsync(request: null, cancellation) is not { } address)
        {
            // They go out once there is one.
            await db.ExecuteAsync("UPDATE invitation SET mail_error = $2 WHERE send_at <= $1 AND queued_on IS NULL AND failed_on IS NULL AND mail_error = ''", cancellation, clock.GetUtcNow(), NoAddress);
            return;
        }
        var (room, most, used) = await allowance.ReadAsync(cancellation);
        while (room > 0 && await SomeAsync(address, Math.Min(room, Batch), most, used, cancellation) is > 0 and var written)
        {
            room -= room == int.MaxValue ? 0 : written;
            db.ChangeTracker.Clear();
        }
    }

    Task<int> SomeAsync(string address, int take, int most, Dictionary<int, int> used, CancellationToken cancellation) => db.InTransactionAsync(
        async () =>
        {
            int[] full = [.. used.Where(u => u.Value >= most).Select(u => u.Key)];
            var due = await db.Set<Invitation>().FromSqlRaw(Due, clock.GetUtcNow(), full, take).ToListAsync(cancellation);
            foreach (var invitation in due)
            {
                var count = used.GetValueOrDefault(invitation.CreatedByPk);
                if (count >= most)
                    continue;
                used[invitation.CreatedByPk] = count + 1;
                await OneAsync(invitation, address, cancellation);
            }
            await db.SaveChangesAsync(cancellation);
            return due.Count;
        },
        static _ => true,
        cancellation);

    async Task OneAsync(Invitation invitation, string address, CancellationToken cancellation)
    {
        if ((await write.AddAsync(invitation, address, InvitationMail.For(invitation), cancellation)).Fault?.Message is not { } why)
            ledger.Add(invitation.Pk, InvitationStatus.Queued, Caller.System, invitation.Recipient);
        else
        {
            (invitation.FailedOn, invitation.MailError) = (clock.GetUtcNow(), why);
            ledger.Add(invitation.Pk, InvitationStatus.Failed, Caller.System, why);
        }
    }
}
