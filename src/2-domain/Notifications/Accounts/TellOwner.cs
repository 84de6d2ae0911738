using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Brands;
using Postern.Brands.Mails;
using Postern.Brands.Settings;
using Postern.Directory.Users;
using Postern.Events;
using Postern.Jobs;
using Postern.Storage;
using Postern.Storage.Mapping;
using Postern.Storage.Snapshots;

namespace Postern.Notifications.Accounts;

/// <summary>Tells a person by mail what happened to their account, once for each event. The system setting <c>account_mails</c> switches it off.</summary>
sealed class TellOwner(PosternDb db, ComposeMail mails, Links links, Snapshot<SystemSettings> settings) : IJobHandler
{
    public const string JobKind = "notifications.account";

    public async Task ExecuteAsync(JsonObject payload, CancellationToken cancellation)
    {
        var pk = payload["event"]!.GetValue<Guid>();
        if (!(await settings.GetAsync(cancellation)).AccountMails
            || await db.Set<Event>().AsNoTracking().FirstOrDefaultAsync(e => e.Pk == pk, cancellation) is not { } entry
            || AccountNotice.Of(entry) is not { } notice
            || await db.Set<User>().AsNoTracking().FirstOrDefaultAsync(u => u.Pk == notice.UserPk, cancellation) is not { } owner)
            return;
        var address = notice.OldAddress ?? owner.Email;
        if (address.Length == 0 || owner.Type is UserType.ServiceAccount or UserType.InternalServiceAccount || (entry.Action is "login" && await IsFirstAsync(entry, owner, cancellation)))
            return;
        var draft = new MailDraft(notice.Template, notice.Subject, [address])
        {
            Values = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["user"] = UserFacts.Of(owner),
                ["device"] = notice.Device,
                ["address"] = owner.Email,
                ["facts"] = EventFacts.Of(entry, owner),
                ["url"] = await links.BaseAsync(request: null, cancellation) is { } home ? $"{home}/if/user/" : null,
            },
            Locale = UserFacts.LocaleOf(owner),
        };
        // The job may be repeated; the mail is the one of this event.
        if (await mails.AddOnceAsync(draft, entry.Pk, cancellation))
            await db.SaveChangesAsync(cancellation);
    }

    /// <summary>At the first sign-in every device is new, and the person is there.</summary>
    async Task<bool> IsFirstAsync(Event entry, User owner, CancellationToken cancellation)
    {
        var pk = owner.Pk.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return !await db.Set<Event>().AnyAsync(e => e.Action == "login" && JsonPath.Text(e.User, "pk") == pk && e.Created <= entry.Created && e.Pk != entry.Pk, cancellation);
    }
}
