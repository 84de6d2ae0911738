using Microsoft.AspNetCore.Http;
using Postern.Api.Http;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Kernel.Values;
using Postern.Mail;
using Postern.Mail.Outbox;
using Postern.Mail.Templates;
using Postern.Storage;

namespace Postern.Brands.Mails;

/// <summary>
/// Shows how a mail would look with a text that need not be stored, filled with examples; or sends that to somebody, by the outbox. Needs the right to change mail templates.
/// Faults: forbidden, invalid (a template that cannot be rendered, no address).
/// </summary>
public sealed class PreviewTemplate
{
    readonly ComposeMail compose;
    readonly SendMail outbox;
    readonly Links links;
    readonly IAccess access;
    readonly PosternDb db;
    readonly TimeProvider clock;

    internal PreviewTemplate(ComposeMail compose, SendMail outbox, Links links, IAccess access, PosternDb db, TimeProvider clock) =>
        (this.compose, this.outbox, this.links, this.access, this.db, this.clock) = (compose, outbox, links, access, db, clock);

    /// <summary>Why the caller may not.</summary>
    public async ValueTask<Fault?> RefuseAsync(Caller caller, CancellationToken cancellation) => await access.RefuseAsync(caller, MailTemplateKind.Kind.Change, key: null, cancellation);

    /// <summary>The mail, for nobody.</summary>
    public async Task<Result<MailMessage>> ExecuteAsync(HttpContext http, MailTemplate text, CancellationToken cancellation) => await ComposeAsync(http, text, [], cancellation);

    /// <summary>Puts the mail into the outbox and answers its key there.</summary>
    public async Task<Result<Guid>> SendAsync(HttpContext http, MailTemplate text, string to, CancellationToken cancellation)
    {
        if (await RefuseAsync(http.Caller(), cancellation) is { } refusal)
            return refusal;
        if (!EmailAddress.IsValid(to))
            return Fault.Field("to", "Enter a valid email address.");
        if (!(await ComposeAsync(http, text, [to], cancellation)).Succeeded(out var message, out var fault))
            return fault;
        var key = outbox.Add(message);
        await db.SaveChangesAsync(cancellation);
        return key;
    }

    async Task<Result<MailMessage>> ComposeAsync(HttpContext http, MailTemplate text, string[] to, CancellationToken cancellation)
    {
        if (await RefuseAsync(http.Caller(), cancellation) is { } refusal)
            return refusal;
        var address = await links.BaseAsync(http.Request, cancellation) ?? "https://id.example.org";
        var draft = new MailDraft(text.Name, SampleMail.SubjectOf(text.Name), to) { Values = SampleMail.Values(address, clock.GetUtcNow()), Locale = text.Locale, Host = http.Request.Host.Host };
        try
        {
            return await compose.PreviewAsync(draft, text, cancellation);
        }
        catch (TemplateException e)
        {
            return Fault.Field("html", e.Message);
        }
    }
}
