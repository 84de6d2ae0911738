using Postern.Storage.Queries;

namespace Postern.Events.Search;

/// <summary>What queries over events can name.</summary>
static class EventQuery
{
    public static readonly QueryLanguage<Event> Language = new QueryLanguage<Event>()
        .Text("action", e => e.Action, options: EventActions.Names)
        .Text("event_uuid", e => e.Pk.ToString())
        .Text("app", e => e.App)
        .Text("client_ip", e => e.ClientIp, nullable: true)
        .Json("user", e => e.User, indexed: false, "pk", "username", "email")
        .Json("brand", e => e.Brand, indexed: false, "pk", "app", "name", "model_name")
        .Json("context", e => e.Context, indexed: false, "http_request.args", "http_request.path", "http_request.method", "http_request.request_id", "http_request.user_agent")
        .Time("created", e => e.Created);
}
