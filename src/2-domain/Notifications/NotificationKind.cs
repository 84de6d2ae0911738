using Postern.Storage.Kinds;

namespace Postern.Notifications;

/// <summary>The declaration of notifications: everybody sees and closes their own.</summary>
public static class NotificationKind
{
    public static readonly ModelKind<Notification> Kind = ModelKind<Notification>.Declare("authentik_events.notification", static (k, kind) =>
    {
        k.Labels("Notification", "Notifications").Path("events/notifications", Verbs.All & ~Verbs.Create).Table("notification").NotInBlueprints();
        k.Named(n => n.Body.Length > 75 ? $"{n.Body[..75]}..." : n.Body);
        k.Key(n => n.Pk).Aliases("uuid");
        k.Choice("severity", n => n.Severity).ReadOnly();
        k.Text("body", n => n.Body).ReadOnly();
        k.NullableText("hyperlink", n => n.Hyperlink).MaxLength(4096).Rule(HyperlinkRefusal);
        k.NullableText("hyperlink_label", n => n.HyperlinkLabel);
        k.Timestamp("created", n => n.Created).ReadOnly();
        k.Expand("event", n => n.EventPk, "authentik_events.event");
        k.Boolean("seen", n => n.Seen);
        k.OwnedBy(n => n.UserPk);
        k.Filters("severity", "body", "created", "seen");
        k.Filter("event", static (query, values, errors) => Guid.TryParse(values[^1], out var pk) ? query.Where(n => n.EventPk == pk) : Malformed(query, errors, "event", "Enter a valid UUID."));
        k.Filter("user", static (query, values, errors) => int.TryParse(values[^1], System.Globalization.CultureInfo.InvariantCulture, out var pk) ? query.Where(n => n.UserPk == pk) : Malformed(query, errors, "user", "Enter a number."));
        k.Search(n => n.Body);
        k.Order("-created", "severity", "seen");
    });

    static IQueryable<Notification> Malformed(IQueryable<Notification> query, Kernel.FieldErrors errors, string name, string text)
    {
        errors.Add(name, text);
        return query;
    }

    // Shown as a link: nothing but pages may stand behind it.
    static string? HyperlinkRefusal(string text) =>
        text.Length == 0 || (text[0] == '/' && !text.StartsWith("//", StringComparison.Ordinal)) || (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
            ? null : "Enter a valid URL.";
}
