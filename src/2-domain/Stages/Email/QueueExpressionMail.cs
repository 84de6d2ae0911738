using Microsoft.EntityFrameworkCore;
using Postern.Brands;
using Postern.Brands.Mails;
using Postern.Directory.Users;
using Postern.Kernel.Values;
using Postern.Mail;
using Postern.Mail.Outbox;
using Postern.Mail.Templates;
using Postern.Policies.Expressions.Functions;
using Postern.Storage;

namespace Postern.Stages.Email;

/// <summary>Puts the mails of expressions into the outbox, in a transaction of their own; by an e-mail stage's server where one is named.</summary>
sealed class QueueExpressionMail(PosternDb db, SendMail outbox, ComposeMail mails, Links links) : IExpressionMail
{
    public async ValueTask<string?> SendAsync(ExpressionMail mail, CancellationToken cancellation)
    {
        if (mail.To.Concat(mail.Cc).Concat(mail.Bcc).FirstOrDefault(a => !EmailAddress.IsValid(a)) is { } malformed)
            return $"{malformed} is not an e-mail address";
        EmailStage? stage = null;
        if (mail.Stage is { } wanted)
        {
            stage = await StageAsync(wanted, cancellation);
            if (stage is null)
                return $"there is no e-mail stage {wanted}";
        }
        try
        {
            await AddAsync(mail, stage?.OwnServer, cancellation);
        }
        catch (TemplateException e)
        {
            return e.Message;
        }
        await db.SaveChangesAsync(cancellation);
        return null;
    }

    async ValueTask AddAsync(ExpressionMail mail, MailServer? server, CancellationToken cancellation)
    {
        if (mail.Template is { } template)
        {
            await mails.AddAsync(
                new MailDraft(template, mail.Subject, mail.To)
                {
                    Cc = mail.Cc,
                    Bcc = mail.Bcc,
                    Values = await ValuesAsync(mail, cancellation),
                    Locale = mail.User is { } user ? UserFacts.LocaleOf(user) : null,
                    Host = mail.Host ?? "",
                    Server = server,
                },
                cancellation);
            return;
        }
        var (html, text) = MailBody.Of(mail.Body ?? "");
        outbox.Add(new MailMessage { To = mail.To, Cc = mail.Cc, Bcc = mail.Bcc, Subject = mail.Subject, Html = html, Text = text, Server = server });
    }

    async Task<EmailStage?> StageAsync(string wanted, CancellationToken cancellation)
    {
        var stages = EmailStage.Kind.In(db).AsNoTracking();
        return Guid.TryParse(wanted, out var pk)
            ? (EmailStage?)await stages.FirstOrDefaultAsync(s => s.Pk == pk, cancellation)
            : (EmailStage?)await stages.FirstOrDefaultAsync(s => s.Name == wanted, cancellation);
    }

    /// <summary>What templates of the product expect; what the expression gives comes first.</summary>
    async ValueTask<Dictionary<string, object?>> ValuesAsync(ExpressionMail mail, CancellationToken cancellation)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (mail.User is { } user)
            values["user"] = UserFacts.Of(user);
        if (await links.BaseAsync(request: null, cancellation) is { } address)
        {
            values["url"] = address;
            values["host"] = new Uri(address).Authority;
        }
        foreach (var (name, value) in mail.Context)
            values[name] = value is User given ? UserFacts.Of(given) : value;
        return values;
    }
}
