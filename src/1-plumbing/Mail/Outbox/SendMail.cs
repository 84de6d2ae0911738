using System.Text.Json;
using System.Text.Json.Nodes;
using Postern.Jobs;
using Postern.Storage;

namespace Postern.Mail.Outbox;

/// <summary>Puts a mail in the outbox as part of the caller's own change; a job delivers it.</summary>
public sealed class SendMail(PosternDb db, JobQueue jobs, TimeProvider clock)
{
    /// <summary>Adds the mail and its delivery to the context; they exist once the caller saves. Answers the mail's key.</summary>
    public Guid Add(MailMessage message)
    {
        var mail = new Mail
        {
            CreatedAt = clock.GetUtcNow(),
            Recipients = [.. message.To, .. message.Cc, .. message.Bcc],
            Subject = message.Subject,
            Message = JsonSerializer.SerializeToNode(message)!.AsObject(),
        };
        db.Add(mail);
        jobs.Add(DeliverMail.Kind, new JsonObject { ["mail"] = mail.Pk });
        return mail.Pk;
    }
}
