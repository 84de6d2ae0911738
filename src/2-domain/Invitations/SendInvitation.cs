using Microsoft.AspNetCore.Http;
using Postern.Api.Http;
using Postern.Brands;
using Postern.Brands.Mails;
using Postern.Flows;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Kernel.Values;
using Postern.Mail.Templates;
using Postern.Storage;
using Postern.Storage.Objects;
using Postern.Storage.Snapshots;

namespace Postern.Invitations;

/// <summary>Mails an invitation's link, one mail for each address. Writes the outbox; needs the right to change the invitation.</summary>
sealed class SendInvitation(PosternDb db, ObjectQuery objects, IAccess access, Snapshot<FlowPicture> flows, Links links, ComposeMail mails)
{
    /// <summary>Faults: forbidden, not found, invalid (no address, a malformed one, no flow, an unknown template, no configured address to build links from).</summary>
    public async Task<Result<int>> ExecuteAsync(HttpContext http, string pk, InvitationMail request, CancellationToken cancellation)
    {
        if (!(await objects.FindAsync(InvitationKind.Kind, http.Caller(), pk, tracked: false, cancellation)).Succeeded(out var found, out var missing))
            return missing;
        var invitation = (Invitation)found;
        if (await access.RefuseAsync(http.Caller(), InvitationKind.Kind.Change, invitation.Pk.ToString(), cancellation) is { } refusal)
            return refusal;
        if (request.To.Count == 0)
            return Fault.Field("error", "No email addresses provided");
        if (request.All.FirstOrDefault(a => !EmailAddress.IsValid(a)) is { } malformed)
            return Fault.Field("email_addresses", $"{malformed}: Enter a valid email address.");
        if (invitation.FlowPk is not { } flowPk || (await flows.GetAsync(cancellation)).Find(flowPk) is not { } flow)
            return Fault.Field("error", "Invitation has no associated flow");
        if (await links.BaseAsync(http.Request, cancellation) is not { } address)
            return Fault.Input("Set the base URL in the system settings: this host is not known to build links from.");
        return await SendAsync(http, invitation, $"{address}/if/flow/{flow.Slug}/?itoken={invitation.Pk}", request, cancellation);
    }

    async Task<Result<int>> SendAsync(HttpContext http, Invitation invitation, string url, InvitationMail request, CancellationToken cancellation)
    {
        var draft = new MailDraft(request.TemplateName, "You have been invited to %(host)s", request.To)
        {
            Cc = request.Cc,
            Bcc = request.Bcc,
            Values = new Dictionary<string, object?>(StringComparer.Ordinal) { ["url"] = url, ["expires"] = invitation.Expires, ["host"] = new Uri(url).Authority },
            // Nobody knows the reader's language yet; whoever invites them may.
            AcceptLanguage = http.Request.Headers.AcceptLanguage,
            Host = http.Request.Host.Host,
            GoodUntil = invitation.Expires,
        };
        try
        {
            foreach (var to in request.To)
                await mails.AddAsync(draft with { To = [to] }, cancellation);
        }
        catch (TemplateException e)
        {
            return Fault.Field("template", e.Message);
        }
        await db.SaveChangesAsync(cancellation);
        return request.To.Count;
    }
}

/// <summary>To whom an invitation is mailed and how it looks.</summary>
sealed record InvitationMail(IReadOnlyList<string> To, IReadOnlyList<string> Cc, IReadOnlyList<string> Bcc, string? Template)
{
    const string Standard = "email/invitation.html";

    public IEnumerable<string> All => To.Concat(Cc).Concat(Bcc);

    public string TemplateName => Template is null or "" or "invitation" ? Standard : Template;
}
