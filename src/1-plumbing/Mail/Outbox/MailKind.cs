using Postern.Storage.Kinds;

namespace Postern.Mail.Outbox;

/// <summary>The declaration of the outbox. What a mail says is nobody's to read.</summary>
public static class MailKind
{
    public static readonly ModelKind<Mail> Kind = ModelKind<Mail>.Declare("postern_mail.mail", static (k, kind) =>
    {
        k.Labels("Mail", "Mails").Path("mail/outbox", Verbs.List | Verbs.Retrieve).Table("mail").NotInBlueprints().Named(m => m.Subject);
        k.Key(m => m.Pk);
        k.Text("subject", m => m.Subject).ReadOnly();
        k.TextList("recipients", m => m.Recipients).ReadOnly();
        k.Choice("state", m => m.State).ReadOnly();
        k.Integer("attempts", m => m.Attempts).ReadOnly();
        k.Text("last_error", m => m.LastError).ReadOnly();
        k.TextList("delivered", m => m.Delivered).ReadOnly();
        k.TextList("transcript", m => m.Transcript).ReadOnly();
        k.Timestamp("created_at", m => m.CreatedAt).ReadOnly();
        k.NullableTimestamp("next_attempt", m => m.NextAttempt).ReadOnly();
        k.Timestamp("give_up_at", m => m.GiveUpAt).ReadOnly();
        k.NullableTimestamp("sent_at", m => m.SentAt).ReadOnly();
        k.Filters("state").Ranges("created_at");
        k.Filter("recipient", (query, values, _) =>
        {
            var address = values[^1];
            return query.Where(m => m.Recipients.Contains(address));
        });
        k.Search(m => m.Subject, m => m.LastError);
        k.Order("-created_at", "state", "subject", "attempts", "sent_at");
    });
}
