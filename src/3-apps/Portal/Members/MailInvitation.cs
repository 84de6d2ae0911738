using Postern.Kernel.Values;
using Postern.Mail;
using Postern.Mail.Outbox;
using Postern.Portal.Access;
using Postern.Portal.Mails;

namespace Postern.Portal.Members;

/// <summary>Gives an invitation a new link and mails it; the old link ends.</summary>
sealed class MailInvitation(SendMail mail, PortalTemplates templates, Links links, TimeProvider clock)
{
    /// <summary>Changes the invitation and adds the mail to the context; both hold once the caller saves.</summary>
    public void Send(Seat seat, Invitation invitation)
    {
        // 256 bits and more.
        var token = RandomText.Alphanumeric(48);
        var now = clock.GetUtcNow();
        (invitation.TokenHash, invitation.InvitedBy, invitation.SentAt, invitation.ExpiresAt) = (Invitation.Hash(token), seat.Actor.Subject, now, now + Invitation.Lifetime);
        var (html, text) = templates.Render("email/portal_invitation.html", new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["brand"] = "Customer portal",
            ["organization"] = seat.Organization.Name,
            ["inviter"] = seat.Actor.Name,
            ["role"] = invitation.Role.ToString(),
            ["url"] = links.To($"/invitations/{token}"),
            ["expires"] = invitation.ExpiresAt,
        });
        mail.Add(new MailMessage { To = [invitation.Email], Subject = $"Join {seat.Organization.Name}", Html = html, Text = text });
    }
}
