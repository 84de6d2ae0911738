using System.Text.Json.Serialization;

namespace Postern.Notifications.Transports;

/// <summary>A way by which notifications reach people.</summary>
public sealed class NotificationTransport
{
    public const string StandardTemplate = "email/event_notification.html";

    public Guid Pk { get; set; } = Guid.NewGuid();

    public string Name { get; set; } = "";

    public TransportMode Mode { get; set; } = TransportMode.Local;

    public string WebhookUrl { get; set; } = "";

    /// <summary>Certificate by which the webhook's server is checked, in place of the system's authorities.</summary>
    public Guid? WebhookCaPk { get; set; }

    public Guid? WebhookMappingBodyPk { get; set; }

    public Guid? WebhookMappingHeadersPk { get; set; }

    public string EmailSubjectPrefix { get; set; } = "authentik Notification: ";

    public string EmailTemplate { get; set; } = StandardTemplate;

    /// <summary>One message for each event, however many people the rule tells.</summary>
    public bool SendOnce { get; set; }

    internal bool IsWebhook => Mode is TransportMode.Webhook or TransportMode.WebhookSlack;
}

/// <summary>Where a transport leads.</summary>
public enum TransportMode
{
    /// <summary>The drawer of this product.</summary>
    Local,
    Webhook,

    /// <summary>A webhook of Slack, or of another that reads the same messages.</summary>
    [JsonStringEnumMemberName("webhook_slack")]
    WebhookSlack,
    Email,
}
