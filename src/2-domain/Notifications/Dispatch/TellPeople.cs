using System.Text.Json.Nodes;
using Postern.Events;
using Postern.Kernel.Values;
using Postern.Notifications.Delivery;
using Postern.Notifications.Rules;
using Postern.Notifications.Transports;
using Postern.Storage;

namespace Postern.Notifications.Dispatch;

/// <summary>
/// Writes the notifications and deliveries of rules that match an event, one statement for each transport however many people there are.
/// Names are made from event, rule and person, so that doing it twice changes nothing.
/// </summary>
sealed class TellPeople(PosternDb db, TimeProvider clock)
{
    // $1 group, $2 people of the event, $3 how many.
    const string People = """
        SELECT u.pk FROM "user" u
        WHERE u.is_active AND u.pk IN (SELECT user_pk FROM user_group WHERE group_pk = $1::uuid UNION SELECT unnest($2::integer[]))
        ORDER BY u.pk LIMIT $3
        """;

    const string Show = $"""
        WITH told AS ({People})
        INSERT INTO notification (pk, user_pk, severity, body, hyperlink, hyperlink_label, created, event_pk, seen)
        SELECT md5(concat_ws(':', $4::text, $5::text, pk))::uuid, pk, $6, $7, $8::text, $9::text, $10, $4::uuid, false FROM told
        ON CONFLICT (pk) DO NOTHING
        """;

    const string Deliver = $"""
        WITH told AS ({People})
        INSERT INTO job (kind, payload, key, created_at, run_at, attempts, last_error)
        SELECT '{DeliverNotification.JobKind}', $4::jsonb || jsonb_build_object('user', pk), concat_ws(':', $5::text, pk), $6, $6, 0, '' FROM told
        ON CONFLICT (key) DO NOTHING
        """;

    public Task ExecuteAsync(IReadOnlyList<NotificationRule> rules, RulePicture picture, EventPeople people, CancellationToken cancellation) => db.InTransactionAsync(
        async () =>
        {
            foreach (var rule in rules)
                await TellAsync(rule, Transports(rule, picture, people.Event), people.Event, people.Of(rule), cancellation);
            return true;
        },
        static _ => true,
        cancellation);

    /// <summary>None stands for the drawer. What a transport's own failure wrote is shown there only, or it would fail again and again.</summary>
    static IEnumerable<NotificationTransport> Transports(NotificationRule rule, RulePicture picture, Event entry)
    {
        var chosen = rule.Transports.Select(picture.Transport).OfType<NotificationTransport>().ToList();
        if (chosen.Count == 0)
            return [new NotificationTransport()];
        return entry.Context.ContainsKey(DeliverNotification.OwnEvent) ? chosen.Where(t => t.Mode is TransportMode.Local) : chosen;
    }

    async Task TellAsync(NotificationRule rule, IEnumerable<NotificationTransport> transports, Event entry, int[] told, CancellationToken cancellation)
    {
        var text = NotificationText.Of(entry);
        var now = clock.GetUtcNow();
        foreach (var transport in transports)
        {
            object[] people = [(object?)rule.DestinationGroupPk ?? DBNull.Value, told, transport.SendOnce ? 1 : int.MaxValue];
            if (transport.Mode is TransportMode.Local)
            {
                await db.ExecuteAsync(
                    Show, cancellation,
                    [.. people, entry.Pk.ToString(), rule.Pk.ToString(), WireEnum<Severity>.Name(rule.Severity), text.Body, (object?)text.Hyperlink ?? DBNull.Value, (object?)text.HyperlinkLabel ?? DBNull.Value, now]);
                continue;
            }
            var payload = new JsonObject { ["transport"] = transport.Pk, ["event"] = entry.Pk, ["severity"] = WireEnum<Severity>.Name(rule.Severity), ["rule"] = rule.Name };
            await db.ExecuteAsync(Deliver, cancellation, [.. people, payload.ToJsonString(), $"notify:{entry.Pk}:{rule.Pk}:{transport.Pk}", now]);
        }
    }
}
