using Microsoft.AspNetCore.Http;
using Postern.Api.Http;
using Postern.Invitations.Ledger;
using Postern.Kernel;
using Postern.Kernel.Values;
using Postern.Storage;

namespace Postern.Invitations.Mailing;

/// <summary>Mails an invitation's link, one mail for each address. Writes the outbox and the history; needs the right to change the invitation.</summary>
public sealed class SendInvitation(PosternDb db, FindToManage find, WriteInvitationMail write, MailAllowance allowance, WriteLedger ledger, Brands.Links links)
{
    /// <summary>Faults: forbidden, not found, throttled, invalid (no address, a malformed one, no flow, an unknown template, no configured address to build links from).</summary>
    public async Task<Result<int>> ExecuteAsync(HttpContext http, string pk, InvitationMail request, CancellationToken cancellation)
    {
        if (!(await find.ExecuteAsync(http.Caller(), pk, cancellation)).Succeeded(out var invitation, out var missing))
            return missing;
        if (request.To.Count == 0)
            return Fault.Field("error", "No email addresses provided");
        if (request.All.FirstOrDefault(a => !EmailAddress.IsValid(a)) is { } malformed)
            return Fault.Field("email_addresses", $"{malformed}: Enter a valid email address.");
        if (invitation.FlowPk is null)
            return Fault.Field("error", "Invitation has no associated flow");
        if (await links.BaseAsync(http.Request, cancellation) is not { } address)
            return Fault.Input("Set the base URL in the system settings: this host is not known to build links from.");
        if (await allowance.RefuseAsync(invitation.CreatedByPk, request.To.Count, cancellation) is { } tooMany)
            return tooMany;
        var sent = await write.AddAsync(invitation, address, request with { AcceptLanguage = http.Request.Headers.AcceptLanguage }, cancellation);
        if (sent.Fault is not null)
            return sent;
        ledger.Add(invitation.Pk, InvitationStatus.Queued, http.Caller(), string.Join(", ", request.To));
        await db.SaveChangesAsync(cancellation);
        return sent;
    }
}
