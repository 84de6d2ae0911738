using System.Net.Mail;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Jobs;
using Postern.Storage;

namespace Postern.Mail.Outbox;

/// <summary>Delivers one mail of the outbox; a failure is kept with it and tried again by the queue.</summary>
sealed class DeliverMail(PosternDb db, SmtpTransport transport, TimeProvider clock) : IJobHandler
{
    public const string Kind = "mail.deliver";

    public async Task ExecuteAsync(JsonObject payload, CancellationToken cancellation)
    {
        var pk = payload["mail"]!.GetValue<Guid>();
        var mail = await db.Set<Mail>().FirstOrDefaultAsync(m => m.Pk == pk, cancellation);
        if (mail is not { State: MailState.Queued, Message: { } stored })
            return;
        mail.Attempts++;
        try
        {
            await transport.SendAsync(stored.Deserialize<MailMessage>()!, mail.Pk, cancellation);
            (mail.State, mail.SentAt, mail.Message, mail.LastError) = (MailState.Sent, clock.GetUtcNow(), null, "");
        }
        catch (Exception e) when (e is SmtpException or IOException or MailRefused)
        {
            mail.LastError = Innermost(e).Message;
            if (e is MailRefused)
                (mail.State, mail.Message) = (MailState.Failed, null);
            await db.SaveChangesAsync(cancellation);
            if (e is not MailRefused)
                throw;
        }
        await db.SaveChangesAsync(cancellation);
    }

    static Exception Innermost(Exception e) => e.InnerException is { } inner ? Innermost(inner) : e;
}
