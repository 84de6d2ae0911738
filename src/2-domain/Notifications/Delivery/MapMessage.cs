using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Events;
using Postern.Events.Recording;
using Postern.Kernel.Access;
using Postern.Notifications.Transports;
using Postern.Policies.Engine;
using Postern.Policies.Expressions;
using Postern.Storage;

namespace Postern.Notifications.Delivery;

/// <summary>Evaluates a webhook mapping about one message. A failing one leaves an event.</summary>
sealed class MapMessage(PosternDb db, ExpressionRunner expressions, RecordEvent events)
{
    public async ValueTask<JsonNode?> ExecuteAsync(Guid pk, NotificationTransport transport, Message message, CancellationToken cancellation)
    {
        var mapping = await db.Set<WebhookMapping>().AsNoTracking().FirstOrDefaultAsync(m => m.Pk == pk, cancellation)
            ?? throw new DeliveryException("The transport's mapping is gone.");
        var input = new ExpressionInput
        {
            Name = mapping.Name,
            Request = new PolicyRequest { User = message.User, Caller = Caller.System, Obj = message.Event },
            Variables = new Dictionary<string, object?>(StringComparer.Ordinal) { ["notification"] = message },
        };
        var result = await expressions.RunAsync(mapping.Expression, input, cancellation);
        if (result.Error is { } error)
        {
            await RecordAsync(mapping, transport, error, cancellation);
            throw new DeliveryException($"Mapping {mapping.Name}, line {error.Line}: {error.Message}");
        }
        return JsonSerializer.SerializeToNode(result.Value);
    }

    Task RecordAsync(WebhookMapping mapping, NotificationTransport transport, ExpressionError error, CancellationToken cancellation)
    {
        var context = new JsonObject
        {
            ["message"] = $"Failed to evaluate property-mapping: '{mapping.Name}'",
            ["exception"] = error.Message,
            ["line"] = error.Line,
            ["mapping"] = ObjectPart.Of(WebhookMappingKind.Kind, mapping),
            [DeliverNotification.OwnEvent] = ObjectPart.Of(NotificationTransportKind.Kind, transport),
        };
        return events.SaveAsync(Caller.System, EventAction.PropertyMappingException, "authentik.events", context, actor: null, cancellation);
    }
}
