using Postern.Brands.Mails;
using Postern.Flows;
using Postern.Invitations.Accepting;
using Postern.Kernel;
using Postern.Mail.Templates;
using Postern.Storage;
using Postern.Storage.Snapshots;

namespace Postern.Invitations.Mailing;

/// <summary>Puts mails that carry an invitation's link in the outbox, as part of the caller's own change.</summary>
public sealed class WriteInvitationMail(PosternDb db, Snapshot<FlowPicture> flows, DescribeInvitation describe, ComposeMail mails, TimeProvider clock)
{
    public const string Reminder = "email/invitation_reminder.html";

    /// <summary>Its link below an address; null where it names no flow.</summary>
    public async ValueTask<string?> LinkAsync(Invitation invitation, string address, CancellationToken cancellation) =>
        invitation.FlowPk is { } pk && (await flows.GetAsync(cancellation)).Find(pk) is { } flow ? $"{address}/if/flow/{flow.Slug}/?itoken={invitation.Pk}" : null;

    /// <summary>One mail for each address, in the language of the invitation, else of the browser at hand. Faults: invalid (no flow, a template that is not there or cannot be rendered).</summary>
    public async ValueTask<Result<int>> AddAsync(Invitation invitation, string address, InvitationMail request, CancellationToken cancellation)
    {
        if (await LinkAsync(invitation, address, cancellation) is not { } url)
            return Fault.Field("error", "Invitation has no associated flow");
        var (site, described) = (new Uri(url), await describe.ExecuteAsync(invitation, host: "", cancellation));
        var draft = new MailDraft(request.TemplateName, request.TemplateName is Reminder ? "Reminder: you have been invited to %(host)s" : "You have been invited to %(host)s", request.To)
        {
            Cc = request.Cc,
            Bcc = request.Bcc,
            Values = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["url"] = url,
                ["expires"] = invitation.Expires,
                ["host"] = site.Authority,
                ["inviter"] = described.Inviter,
                ["message"] = invitation.Message,
                ["code"] = invitation.Code,
                ["code_url"] = $"{address}/if/invitation/",
            },
            Locale = invitation.Locale.Length > 0 ? invitation.Locale : null,
            AcceptLanguage = request.AcceptLanguage,
            Host = site.Host,
            GoodUntil = invitation.Expires,
        };
        try
        {
            foreach (var to in request.To)
                Remember(invitation, await mails.AddAsync(draft with { To = [to] }, cancellation));
        }
        catch (TemplateException e)
        {
            return Fault.Field("template", e.Message);
        }
        return request.To.Count;
    }

    void Remember(Invitation invitation, Guid sent)
    {
        var now = clock.GetUtcNow();
        db.Add(new InvitationMailing { MailPk = sent, InvitationPk = invitation.Pk, InviterPk = invitation.CreatedByPk, QueuedOn = now });
        (invitation.QueuedOn, invitation.FailedOn, invitation.MailError, invitation.Draft) = (now, null, "", false);
    }
}

/// <summary>To whom an invitation is mailed and how it looks.</summary>
public sealed record InvitationMail(IReadOnlyList<string> To, IReadOnlyList<string> Cc, IReadOnlyList<string> Bcc, string? Template)
{
    const string Standard = "email/invitation.html";

    /// <summary>Languages of whoever sends it: nobody knows the reader's yet.</summary>
    public string? AcceptLanguage { get; init; }

    /// <summary>To its own recipient.</summary>
    public static InvitationMail For(Invitation invitation) => new([invitation.Recipient], [], [], invitation.Template);

    public IEnumerable<string> All => To.Concat(Cc).Concat(Bcc);

    public string TemplateName => Template is null or "" or "invitation" ? Standard : Template;
}
