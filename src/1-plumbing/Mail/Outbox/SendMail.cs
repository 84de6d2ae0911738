using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Jobs;
using Postern.Storage;
using Postern.Storage.Sealing;

namespace Postern.Mail.Outbox;

/// <summary>Puts a mail in the outbox as part of the caller's own change; a job delivers it. One to nobody, which hides that there is nobody to write to, is thrown away then.</summary>
public sealed class SendMail(PosternDb db, JobQueue jobs, Seal seal, TimeProvider clock)
{
    internal const string Purpose = "mail/outbox";

    /// <summary>How long delivery is tried.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromDays(3);

    /// <summary>Adds the mail and its delivery to the context; they exist once the caller saves. Answers the mail's key, a new one unless it is given.</summary>
    public Guid Add(MailMessage message, Guid? key = null)
    {
        var now = clock.GetUtcNow();
        var mail = new Mail
        {
            Pk = key ?? Guid.CreateVersion7(now),
            CreatedAt = now,
            Recipients = [.. message.To.Concat(message.Cc).Concat(message.Bcc).Distinct(StringComparer.OrdinalIgnoreCase)],
            Subject = message.Subject,
            Message = seal.Close(Purpose, JsonSerializer.SerializeToUtf8Bytes(message)),
            NextAttempt = now,
            GiveUpAt = message.GoodUntil is { } end && end < now + Patience ? end : now + Patience,
        };
        db.Add(mail);
        var payload = PayloadOf(mail.Pk);
        // Jobs without this go to the server of the settings.
        if (message.Server is { } server)
            payload[DeliverMail.ServerMember] = NameOf(server);
        jobs.Add(DeliverMail.Kind, payload, key: KeyOf(mail.Pk));
        return mail.Pk;
    }

    /// <summary>Whether there was a mail of this key.</summary>
    public Task<bool> HasAsync(Guid key, CancellationToken cancellation) => db.Set<Mail>().AnyAsync(m => m.Pk == key, cancellation);

    /// <summary>What the mail says; null when the secret key that sealed it is gone.</summary>
    internal static MailMessage? Open(Mail mail, Seal seal) => mail.Message switch
    {
        null => null,
        // Written before messages were sealed.
        ['{', ..] plain => JsonSerializer.Deserialize<MailMessage>(plain),
        var box => seal.Open(Purpose, box) is { } bytes ? JsonSerializer.Deserialize<MailMessage>(bytes) : null,
    };

    /// <summary>What a job says of a server that is not the one of the settings.</summary>
    internal static string NameOf(MailServer server) => string.Create(CultureInfo.InvariantCulture, $"{server.Host}:{server.Port}");

    /// <summary>At most one job delivers a mail.</summary>
    internal static string KeyOf(Guid mail) => $"{DeliverMail.Kind}/{mail}";

    internal static JsonObject PayloadOf(Guid mail) => new() { ["mail"] = mail };
}
