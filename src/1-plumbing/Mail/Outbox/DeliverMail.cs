using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Postern.Jobs;
using Postern.Mail.Smtp;
using Postern.Storage;
using Postern.Storage.Sealing;

namespace Postern.Mail.Outbox;

/// <summary>
/// Makes one attempt to deliver a mail of the outbox. The attempt is counted and committed before anything goes out: a worker that dies on the way leaves a mail that is tried again under the
/// next number, and nothing is sent twice under one. What went wrong is kept with the mail; the next attempt waits three times as long, up to an hour,
/// and where the server itself cannot be used, so do the other mails to it.
/// </summary>
sealed partial class DeliverMail(PosternDb db, SmtpTransport transport, Seal seal, IEnumerable<IMailListener> listeners, TimeProvider clock, ILogger<DeliverMail> log) : IJobHandler
{
    public const string Kind = "mail.deliver";

    /// <summary>Member of the payload: which server the mail goes to, where that is not the one of the settings.</summary>
    public const string ServerMember = "server";

    const int LongestLine = 500;
    const int MostLines = 200;
    static readonly TimeSpan longestWait = TimeSpan.FromHours(1);

    public async Task ExecuteAsync(JsonObject payload, CancellationToken cancellation)
    {
        var pk = payload["mail"]!.GetValue<Guid>();
        var mail = await db.Set<Mail>().AsNoTracking().FirstOrDefaultAsync(m => m.Pk == pk, cancellation);
        if (mail is not { State: MailState.Queued or MailState.Sending })
            return;
        if (mail.Recipients.Count == 0)
        {
            await db.Set<Mail>().Where(m => m.Pk == pk).ExecuteDeleteAsync(cancellation);
            return;
        }
        if (mail.NextAttempt > clock.GetUtcNow())
            throw new RunLater(mail.NextAttempt.Value, mail.LastError);
        if (!await BeginAsync(mail, cancellation))
            return;
        var message = SendMail.Open(mail, seal);
        var outcome = message is null
            ? Outcome.Never("The mail cannot be read: the secret key of this installation is another one than when it was written.")
            : await AttemptAsync(mail, message, cancellation);
        await EndAsync(mail, outcome, message?.Server is { } server ? SendMail.NameOf(server) : null);
        if (message is null || outcome.State is not MailState.Sent)
            return;
        foreach (var listener in listeners)
            listener.Sent(db, message);
        await db.SaveChangesAsync(CancellationToken.None);
    }

    /// <summary>Takes the next number; false when the mail was cancelled or another worker took it meanwhile.</summary>
    async Task<bool> BeginAsync(Mail mail, CancellationToken cancellation)
    {
        var before = mail.Attempts++;
        return await db.Set<Mail>().Where(m => m.Pk == mail.Pk && m.Attempts == before && (m.State == MailState.Queued || m.State == MailState.Sending))
            .ExecuteUpdateAsync(m => m.SetProperty(x => x.State, MailState.Sending).SetProperty(x => x.Attempts, mail.Attempts), cancellation) == 1;
    }

    async Task<Outcome> AttemptAsync(Mail mail, MailMessage message, CancellationToken cancellation)
    {
        var lines = new List<string>();
        void Tell(string line)
        {
            if (lines.Count < MostLines)
                lines.Add(line.Length > LongestLine ? $"{line[..LongestLine]}…" : line);
        }
        try
        {
            var left = mail.Recipients.Except(mail.Delivered, StringComparer.OrdinalIgnoreCase).ToList();
            var delivery = await transport.SendAsync(message, left, mail.Pk, mail.Attempts, Tell, cancellation);
            return Outcome.Of(delivery) with { Transcript = lines };
        }
        catch (SmtpFailure e)
        {
            Tell(e.Message);
            return Outcome.Later(e.Message) with { Transcript = lines, ServerFailed = e.BeforeMail };
        }
        catch (MailRefused e)
        {
            Tell(e.Message);
            return Outcome.Never(e.Message) with { Transcript = lines };
        }
    }

    /// <summary>Writes the outcome even while the worker is told to stop, unless a later attempt has begun.</summary>
    async Task EndAsync(Mail mail, Outcome outcome, string? server)
    {
        var now = clock.GetUtcNow();
        DateTimeOffset? next = outcome.State is MailState.Queued ? now + Wait(mail.Attempts) : null;
        var state = next > mail.GiveUpAt ? MailState.Failed : outcome.State;
        next = state is MailState.Queued ? next : null;
        List<string> delivered = [.. mail.Delivered, .. outcome.Taken];
        var message = state is MailState.Sent ? null : mail.Message;
        DateTimeOffset? sent = state is MailState.Sent ? now : null;
        await db.Set<Mail>().Where(m => m.Pk == mail.Pk && m.Attempts == mail.Attempts).ExecuteUpdateAsync(
            m => m.SetProperty(x => x.State, state).SetProperty(x => x.NextAttempt, next).SetProperty(x => x.Delivered, delivered).SetProperty(x => x.Message, message)
                .SetProperty(x => x.SentAt, sent).SetProperty(x => x.LastError, outcome.Error).SetProperty(x => x.Transcript, outcome.Transcript),
            CancellationToken.None);
        if (outcome.Error.Length > 0)
            NotDelivered(mail.Pk, mail.Attempts, state, outcome.Error);
        if (next is not { } at)
            return;
        if (outcome.ServerFailed)
            await HoldBackAsync(server, at, outcome.Error, now);
        throw new RunLater(at, outcome.Error);
    }

    /// <summary>What else is due at a server that cannot be used waits as long as the mail that found out, in one statement however many they are; those in hand find out by themselves.</summary>
    Task<int> HoldBackAsync(string? server, DateTimeOffset until, string error, DateTimeOffset now) => db.ExecuteAsync(
        """
        WITH held AS (
            UPDATE job SET run_at = least($1, waiting.give_up_at), last_error = $2 FROM mail waiting
            WHERE kind = $3 AND payload->>$4 IS NOT DISTINCT FROM $5 AND failed_at IS NULL AND (claimed_until IS NULL OR claimed_until <= $6)
                AND waiting.pk = (payload->>'mail')::uuid AND waiting.state = 'queued' AND run_at < least($1, waiting.give_up_at)
            RETURNING waiting.pk, run_at)
        UPDATE mail SET next_attempt = held.run_at, last_error = $2 FROM held WHERE mail.pk = held.pk
        """,
        CancellationToken.None,
        until, error, Kind, ServerMember, (object?)server ?? DBNull.Value, now);

    /// <summary>10 seconds, half a minute, a minute and a half, ... up to an hour.</summary>
    static TimeSpan Wait(int attempts) => attempts > 6 ? longestWait : TimeSpan.FromSeconds(10 * Math.Pow(3, attempts - 1));

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mail {Mail}, attempt {Attempt}: {State}. {Reason}")]
    partial void NotDelivered(Guid mail, int attempt, MailState state, string reason);

    /// <summary>How an attempt ended.</summary>
    sealed record Outcome(MailState State, string Error)
    {
        public IReadOnlyList<string> Taken { get; init; } = [];

        public List<string> Transcript { get; init; } = [];

        /// <summary>The server failed before anything of the mail was said.</summary>
        public bool ServerFailed { get; init; }

        public static Outcome Later(string error) => new(MailState.Queued, error);

        public static Outcome Never(string error) => new(MailState.Failed, error);

        /// <summary>Whoever may get it later keeps the mail going; a refusal beside that stays visible.</summary>
        public static Outcome Of(Delivery delivery)
        {
            var state = delivery.Later.Count > 0 ? MailState.Queued : delivery.Refused.Count > 0 ? MailState.Failed : MailState.Sent;
            return new(state, string.Join('\n', delivery.Later.Concat(delivery.Refused).Select(n => n.Reason))) { Taken = delivery.Taken };
        }
    }
}
