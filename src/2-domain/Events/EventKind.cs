using Postern.Events.Search;
using Postern.Storage.Kinds;

namespace Postern.Events;

/// <summary>The declaration of events.</summary>
public static class EventKind
{
    public static readonly ModelKind<Event> Kind = ModelKind<Event>.Declare("authentik_events.event", static (k, kind) =>
    {
        k.Labels("Event", "Events").Path("events/events", Verbs.All & ~Verbs.UsedBy).PathParameter("event_uuid").Table("event").NotInBlueprints();
        k.Named(e => e.Action.Length > 0 ? EventActions.Label(e.Action) : "");
        k.Key(e => e.Pk);
        k.Json("user", e => e.User);
        k.Text("action", e => e.Action).Required().Rule(EventActions.Refusal).Choices(EventActions.Names);
        k.Text("app", e => e.App).Required();
        k.Json("context", e => e.Context);
        k.NullableText("client_ip", e => e.ClientIp).Rule(EventRules.AddressRefusal);
        k.Timestamp("created", e => e.Created).ReadOnly();
        k.Timestamp("expires", e => e.Expires);
        k.Json("brand", e => e.Brand);
        k.Filters("app").Ranges("created");
        EventFilters.Declare(k);
        k.Search(e => e.Action, e => e.App, e => e.ClientIp, e => Storage.Mapping.JsonPath.Text(e.User, "username"), e => Storage.Mapping.JsonPath.Text(e.User, "email"));
        k.Query(EventQuery.Language);
        k.CountAllBy(EventCount.Sql);
        k.Order("-created", "action", "app", "client_ip", "expires");
        k.Validate(EventRules.Check);
        k.BeforeDelete(EventRules.RefuseDeletion);
    });
}
