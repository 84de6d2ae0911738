using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Directory.Users;
using Postern.Events;
using Postern.Jobs;
using Postern.Kernel.Values;
using Postern.Notifications.Dispatch;
using Postern.Notifications.Transports;
using Postern.Storage;

namespace Postern.Notifications.Delivery;

/// <summary>Delivers one message over one transport; a failure is tried again by the queue.</summary>
sealed class DeliverNotification(PosternDb db, SendMessage send) : IJobHandler
{
    public const string JobKind = "notifications.deliver";

    /// <summary>Member of the context of events that deliveries themselves leave.</summary>
    public const string OwnEvent = "notification_transport";

    public async Task ExecuteAsync(JsonObject payload, CancellationToken cancellation)
    {
        var (transportPk, eventPk, userPk) = (payload["transport"]!.GetValue<Guid>(), payload["event"]!.GetValue<Guid>(), payload["user"]!.GetValue<int>());
        var transport = await db.Set<NotificationTransport>().AsNoTracking().FirstOrDefaultAsync(t => t.Pk == transportPk, cancellation);
        var user = await db.Set<User>().AsNoTracking().FirstOrDefaultAsync(u => u.Pk == userPk && u.IsActive, cancellation);
        var entry = await db.Set<Event>().AsNoTracking().FirstOrDefaultAsync(e => e.Pk == eventPk, cancellation);
        // Deleted, deactivated or expired while the message waited.
        if (transport is null || user is null || entry is null)
            return;
        var message = new Message(WireEnum<Severity>.Parse(payload["severity"]!.GetValue<string>()), NotificationText.Of(entry), user, entry) { Reason = payload["rule"]?.GetValue<string>() };
        await send.ExecuteAsync(transport, message, cancellation);
    }
}
