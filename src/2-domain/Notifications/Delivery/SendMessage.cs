using Postern.Notifications.Transports;
using Postern.Storage;

namespace Postern.Notifications.Delivery;

/// <summary>Sends a message by whatever its transport is, and answers in texts what came of it.</summary>
sealed class SendMessage(PosternDb db, TimeProvider clock, WriteMail mail, PostWebhook webhook)
{
    /// <exception cref="DeliveryException">It was not delivered.</exception>
    public async Task<IReadOnlyList<string>> ExecuteAsync(NotificationTransport transport, Message message, CancellationToken cancellation)
    {
        switch (transport.Mode)
        {
            case TransportMode.Webhook or TransportMode.WebhookSlack:
                return await webhook.ExecuteAsync(transport, message, cancellation);
            case TransportMode.Email:
                return await mail.ExecuteAsync(transport, message, cancellation);
            default:
                db.Add(new Notification
                {
                    UserPk = message.User.Pk,
                    Severity = message.Severity,
                    Body = message.Text.Body,
                    Hyperlink = message.Text.Hyperlink,
                    HyperlinkLabel = message.Text.HyperlinkLabel,
                    Created = clock.GetUtcNow(),
                    EventPk = message.Event?.Pk,
                });
                await db.SaveChangesAsync(cancellation);
                return [$"Shown to {message.User.Username}."];
        }
    }
}
