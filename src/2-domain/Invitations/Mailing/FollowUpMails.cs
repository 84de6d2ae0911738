using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Postern.Brands;
using Postern.Brands.Mails;
using Postern.Directory.Users;
using Postern.Kernel.Values;
using Postern.Storage;
using Postern.Storage.Snapshots;

namespace Postern.Invitations.Mailing;

/// <summary>The mails after an acceptance: to who came, to who invited, to who must let them in.</summary>
public sealed class FollowUpMails(PosternDb db, Snapshot<BrandPicture> brands, ComposeMail mails, Links links)
{
    public async ValueTask AcceptedAsync(Invitation invitation, User user, HttpRequest request, CancellationToken cancellation)
    {
        if (invitation.WelcomeMail && !invitation.NeedsApproval)
            await WelcomeAsync(user, request, cancellation);
        if (invitation.NotifyInviter && await db.Set<User>().AsNoTracking().FirstOrDefaultAsync(u => u.Pk == invitation.CreatedByPk && u.IsActive, cancellation) is { } inviter)
            await AddAsync(new MailDraft("email/invitation_accepted.html", "%(username)s accepted your invitation", [inviter.Email]) { Values = Values(invitation, user), Locale = LocaleOf(inviter) }, request, $"/if/admin/directory/users/{user.Pk}/", cancellation);
    }

    /// <summary>The account can be used.</summary>
    public ValueTask WelcomeAsync(User user, HttpRequest request, CancellationToken cancellation) =>
        AddAsync(new MailDraft("email/invitation_welcome.html", "Welcome", [user.Email]) { Values = Values(invitation: null, user), Locale = LocaleOf(user), AcceptLanguage = request.Headers.AcceptLanguage }, request, "/", cancellation);

    public async ValueTask AskAsync(Invitation invitation, User user, IEnumerable<string> approvers, HttpRequest request, CancellationToken cancellation)
    {
        foreach (var to in approvers)
            await AddAsync(new MailDraft("email/invitation_approval.html", "%(username)s waits for your approval", [to]) { Values = Values(invitation, user) }, request, "/if/invitation/approvals/", cancellation);
    }

    async ValueTask AddAsync(MailDraft draft, HttpRequest request, string path, CancellationToken cancellation)
    {
        if (!EmailAddress.IsValid(draft.To[0]))
            return;
        var values = new Dictionary<string, object?>(draft.Values, StringComparer.Ordinal)
        {
            ["url"] = await links.ToAsync(path, request, cancellation),
            ["host"] = (await brands.GetAsync(cancellation)).For(request.Host.Host).BrandingTitle,
        };
        await mails.AddAsync(draft with { Values = values, Host = request.Host.Host }, cancellation);
    }

    static string? LocaleOf(User user) => user.Attributes["settings"]?["locale"]?.ToString();

    static Dictionary<string, object?> Values(Invitation? invitation, User user) => new(StringComparer.Ordinal)
    {
        ["invitation"] = invitation?.Name,
        ["username"] = user.Username,
        ["name"] = user.Name.Length > 0 ? user.Name : user.Username,
    };
}
