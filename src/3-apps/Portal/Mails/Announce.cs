using Microsoft.EntityFrameworkCore;
using Postern.Mail;
using Postern.Mail.Outbox;
using Postern.Portal.Access;
using Postern.Portal.Licenses;
using Postern.Portal.Organizations;
using Postern.Portal.SignIn;
using Postern.Storage;

namespace Postern.Portal.Mails;

/// <summary>Mails news to an organization: to its notification address and its owners. Keys are never mailed, only links to them. Adds to the context; the caller saves.</summary>
sealed class Announce(PosternDb db, SendMail mail, PortalTemplates templates, Links links)
{
    public Task AddAsync(License license, string subject, string text, CancellationToken cancellation) =>
        AddAsync(license.OrganizationId, $"/organizations/{license.OrganizationId}/licenses/{license.Id}", subject, text, cancellation);

    public async Task AddAsync(Guid organizationId, string path, string subject, string text, CancellationToken cancellation)
    {
        var organization = await db.Set<Organization>().FirstAsync(o => o.Id == organizationId, cancellation);
        // Of one that was deleted nobody sees anything any more.
        if (organization.DeletedAt is not null)
            return;
        var owners = await db.Set<Membership>().Where(m => m.OrganizationId == organizationId && m.Role == Role.Owner)
            .Join(db.Set<Person>(), m => m.Subject, p => p.Subject, (_, p) => p.Email).ToListAsync(cancellation);
        foreach (var address in owners.Prepend(organization.NotificationEmail).Distinct(StringComparer.OrdinalIgnoreCase))
            To(address, organization.Name, path, subject, text);
    }

    /// <summary>One mail to one address.</summary>
    public void To(string address, string organization, string path, string subject, string text)
    {
        var (html, plain) = templates.Render("email/portal_news.html", new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["brand"] = "Customer portal",
            ["title"] = subject,
            ["text"] = text,
            ["organization"] = organization,
            ["url"] = links.To(path),
        });
        mail.Add(new MailMessage { To = [address], Subject = subject, Html = html, Text = plain });
    }
}
