using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Postern.Api.Http;
using Postern.Invitations.Ledger;
using Postern.Kernel;
using Postern.Storage;

namespace Postern.Invitations.Mailing;

/// <summary>
/// Mails an invitation to its recipient once more; with a new link on request, which ends the old one and takes its place with everything it says. Needs the
/// right to change it. Faults: those of sending; invalid without a recipient or when it has ended.
/// </summary>
public sealed class ResendInvitation(PosternDb db, FindToManage find, SendInvitation send, WriteLedger ledger, TimeProvider clock)
{
    /// <summary>Answers the invitation that holds now.</summary>
    public async Task<Result<Invitation>> ExecuteAsync(HttpContext http, string pk, bool rotate, CancellationToken cancellation)
    {
        if (!(await find.ExecuteAsync(http.Caller(), pk, cancellation)).Succeeded(out var invitation, out var missing))
            return missing;
        if (invitation.IsClosed)
            return Fault.Input("It has ended already.");
        if (invitation.Recipient.Length == 0 && !rotate)
            return Fault.Field("recipient", "Whom shall it be mailed to?");
        return await db.InTransactionAsync<Result<Invitation>>(
            async () =>
            {
                var current = rotate ? await RotateAsync(invitation, http, cancellation) : invitation;
                if (current.Recipient.Length == 0)
                    return current;
                var sent = await send.ExecuteAsync(http, current.Pk.ToString(), InvitationMail.For(current), cancellation);
                return sent.Fault is { } fault ? fault : current;
            },
            r => r.Fault is null,
            cancellation);
    }

    async Task<Invitation> RotateAsync(Invitation old, HttpContext http, CancellationToken cancellation)
    {
        var next = (Invitation)db.Entry(old).CurrentValues.ToObject();
        (next.Pk, next.CreatedOn, next.Code) = (Guid.NewGuid(), clock.GetUtcNow(), RandomNumberGenerator.GetString(InvitationRules.CodeLetters, 10));
        (next.QueuedOn, next.SentOn, next.FailedOn, next.MailError, next.OpenedOn, next.StartedOn, next.Reminded, next.SendAt) = (null, null, null, "", null, null, 0, null);
        next.FixedData = (JsonObject)old.FixedData.DeepClone();
        next.UserAttributes = (JsonObject)old.UserAttributes.DeepClone();
        db.Add(next);
        await db.SaveChangesAsync(cancellation);
        old.SupersededBy = next.Pk;
        ledger.Add(old.Pk, InvitationStatus.Superseded, http.Caller(), "It was sent again with a new link.");
        ledger.Add(next.Pk, "created", http.Caller(), $"A new link for {old.Name}.");
        await db.SaveChangesAsync(cancellation);
        return next;
    }
}
