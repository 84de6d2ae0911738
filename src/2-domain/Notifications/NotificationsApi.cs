using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Document;
using Postern.Api.Http;
using Postern.Notifications.Delivery;

namespace Postern.Notifications;

/// <summary>Doors of notifications beyond CRUD.</summary>
static class NotificationsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v3/events/notifications/mark_all_seen/", MarkAllSeenAsync)
            .Note("Marks all notifications of the caller as seen.");
        routes.MapPost("/api/v3/events/transports/{pk}/test/", TestAsync)
            .Note("Sends a test message to the caller.", answer: "NotificationTransportTest{messages:[text]}");
    }

    static async Task<IResult> MarkAllSeenAsync(HttpContext http, MarkSeen mark) =>
        (await mark.ExecuteAsync(http.Caller(), only: null, http.RequestAborted)).Fault is { } fault ? FaultResult.Of(fault) : Results.NoContent();

    static async Task<IResult> TestAsync(HttpContext http, string pk, TestTransport test)
    {
        if (!(await test.ExecuteAsync(http.Caller(), pk, http.RequestAborted)).Succeeded(out var outcome, out var fault))
            return FaultResult.Of(fault);
        return outcome.Failure is { } cause
            ? new WireJson(writer => writer.WriteStringValue(cause), StatusCodes.Status500InternalServerError)
            : new WireJson(writer => Write(writer, outcome.Messages));
    }

    static void Write(Utf8JsonWriter writer, IReadOnlyList<string> messages)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("messages");
        foreach (var message in messages)
            writer.WriteStringValue(message);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
