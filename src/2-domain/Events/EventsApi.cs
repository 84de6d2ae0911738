using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Document;
using Postern.Api.Http;
using Postern.Kernel;

namespace Postern.Events;

/// <summary>Doors of events beyond CRUD.</summary>
static class EventsApi
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/v3/events/events/actions/", http =>
    {
        var answer = http.Caller().IsAuthenticated ? Actions() : FaultResult.Of(new Fault.Unauthenticated());
        return answer.ExecuteAsync(http);
    })
            .Note("Lists the actions of events.", answer: "[TypeCreate]");

    static WireJson Actions() => new(writer =>
    {
        writer.WriteStartArray();
        foreach (var action in EventActions.Names)
        {
            writer.WriteStartObject();
            writer.WriteString("name", EventActions.Label(action));
            writer.WriteString("description", "");
            writer.WriteString("component", action);
            writer.WriteString("model_name", "");
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    });
}
