using Microsoft.EntityFrameworkCore;
using Postern.Directory.Groups;
using Postern.Storage.Kinds;

namespace Postern.Notifications.Rules;

/// <summary>The declaration of notification rules.</summary>
public static class NotificationRuleKind
{
    public static readonly ModelKind<NotificationRule> Kind = ModelKind<NotificationRule>.Declare("authentik_events.notificationrule", static (k, kind) =>
    {
        k.Labels("Notification Rule", "Notification Rules").Path("events/rules").PathParameter("pbm_uuid").Table("notification_rule");
        k.Key(r => r.Pk).Aliases("pbm_uuid");
        k.Text("name", r => r.Name).Required().Unique();
        k.References("transports", r => r.Transports, "authentik_events.notificationtransport")
            .Help("How to tell. Without a transport the notification is shown in this product only.");
        k.Choice("severity", r => r.Severity).Help("Severity of the notifications that the rule makes.");
        k.Reference("destination_group", r => r.DestinationGroupPk, "authentik_core.group").Aliases("group")
            .Help("Direct members of this group are told. Without a group, and unless the event's user or subject is told, the rule is silent.");
        k.Expand("destination_group_obj", r => r.DestinationGroupPk, "authentik_core.group");
        k.Boolean("destination_event_user", r => r.DestinationEventUser).Help("Also tell the user who triggered the event.");
        k.Boolean("destination_event_subject", r => r.DestinationEventSubject).Help("Also tell the user whom the event is about, whoever acted.");
        k.Filters("name", "severity");
        k.Filter("destination_group__name", static (query, db, values, _) =>
        {
            var name = values[^1];
            return query.Where(r => db.Set<Group>().Any(g => g.Pk == r.DestinationGroupPk && g.Name == name));
        });
        k.SearchWith(static (query, db, text) =>
        {
            var pattern = $"%{PlainSearch.Escape(text.Trim())}%";
            return query.Where(r => EF.Functions.ILike(r.Name, pattern, PlainSearch.EscapeCharacter)
                || db.Set<Group>().Any(g => g.Pk == r.DestinationGroupPk && EF.Functions.ILike(g.Name, pattern, PlainSearch.EscapeCharacter)));
        });
        k.Order("name", "severity");
    });
}
