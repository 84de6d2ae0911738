using Postern.Applications.Mappings;
using Postern.Storage.Kinds;

namespace Postern.Notifications.Transports;

/// <summary>An expression that makes the body or the headers of a webhook's request.</summary>
public sealed class WebhookMapping : PropertyMapping;

/// <summary>The declaration of webhook mappings.</summary>
public static class WebhookMappingKind
{
    public static readonly ModelKind<WebhookMapping> Kind = PropertyMappingKind.Declare<WebhookMapping>(
        "authentik_events.notificationwebhookmapping", "notification", "ak-property-mapping-notification-form", "Webhook Mapping", static _ => { });
}
