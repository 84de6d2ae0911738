using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Postern.Brands;
using Postern.Directory.Groups;
using Postern.Directory.Users;
using Postern.Storage;
using Postern.Storage.Snapshots;

namespace Postern.Invitations.Accepting;

/// <summary>Says who invites whom to what until when. Writes nothing.</summary>
public sealed class DescribeInvitation(PosternDb db, Snapshot<BrandPicture> brands)
{
    public async ValueTask<InvitationDescription> ExecuteAsync(Invitation invitation, HttpContext http, CancellationToken cancellation) =>
        await ExecuteAsync(invitation, (await brands.GetAsync(cancellation)).For(http.Request.Host.Host).BrandingTitle, cancellation);

    /// <summary>With the name by which the installation goes.</summary>
    public async ValueTask<InvitationDescription> ExecuteAsync(Invitation invitation, string host, CancellationToken cancellation)
    {
        var inviter = await db.Set<User>().Where(u => u.Pk == invitation.CreatedByPk && u.Username != User.AnonymousUsername)
            .Select(u => u.Name.Length > 0 ? u.Name : u.Username).FirstOrDefaultAsync(cancellation);
        var groups = invitation.Groups.Count == 0 ? [] : await db.Set<Group>().Where(g => invitation.Groups.Contains(g.Pk)).OrderBy(g => g.Name).Select(g => g.Name).ToListAsync(cancellation);
        return new InvitationDescription(invitation, inviter, host) { Groups = groups };
    }
}

/// <summary>An invitation in words, for the person invited.</summary>
/// <param name="Inviter">Name of who invites; null where nobody does in person.</param>
/// <param name="Host">What the installation calls itself.</param>
public sealed record InvitationDescription(Invitation Invitation, string? Inviter, string Host)
{
    /// <summary>Names of the groups that one joins.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    public string Title => Inviter is null ? $"You are invited to {Host}" : $"{Inviter} invites you to {Host}";

    /// <summary>Address of the page on which somebody with an account accepts.</summary>
    public string AcceptUrl => $"/if/invitation/{Invitation.Pk}/";

    /// <summary>For whom, into what, and until when.</summary>
    public string Text => string.Join(' ', Sentences);

    IEnumerable<string> Sentences
    {
        get
        {
            if (Invitation.Address.Length > 0)
                yield return $"For {Invitation.Address}.";
            if (Groups.Count > 0)
                yield return $"You join {string.Join(", ", Groups)}.";
            if (Invitation.Expires is { } end)
                yield return string.Create(CultureInfo.InvariantCulture, $"Valid until {end.UtcDateTime:d MMMM yyyy, HH:mm} UTC.");
        }
    }

    /// <summary>As flow pages show it.</summary>
    public Dictionary<string, object?> ToNotice()
    {
        var notice = new Dictionary<string, object?>(StringComparer.Ordinal) { ["title"] = Title, ["text"] = Text };
        // What the text says, for pages in other languages.
        if (Invitation.Address.Length > 0)
            notice["recipient"] = Invitation.Address;
        if (Groups.Count > 0)
            notice["groups"] = string.Join(", ", Groups);
        if (Invitation.Expires is { } end)
            notice["expires"] = end.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        if (Invitation.Message.Length > 0)
            notice["message"] = Invitation.Message;
        if (Invitation.AcceptExisting)
            (notice["link"], notice["link_label"]) = (AcceptUrl, "I have an account already");
        return notice;
    }
}
