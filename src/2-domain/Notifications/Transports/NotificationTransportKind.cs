using Postern.Mail;
using Postern.Storage.Kinds;

namespace Postern.Notifications.Transports;

/// <summary>The declaration of notification transports.</summary>
public static class NotificationTransportKind
{
    const string Mapping = "authentik_events.notificationwebhookmapping";

    public static readonly ModelKind<NotificationTransport> Kind = ModelKind<NotificationTransport>.Declare("authentik_events.notificationtransport", static (k, kind) =>
    {
        k.Labels("Notification Transport", "Notification Transports").Path("events/transports").Table("notification_transport");
        k.Key(t => t.Pk).Aliases("uuid");
        k.Text("name", t => t.Name).Required().Unique();
        k.Choice("mode", t => t.Mode);
        k.Computed("mode_verbose", t => Verbose(t.Mode));
        k.Text("webhook_url", t => t.WebhookUrl).Rule(AddressRefusal).Help("Where the message is posted to, for both kinds of webhook.");
        k.Reference("webhook_ca", t => t.WebhookCaPk, "authentik_crypto.certificatekeypair").Help("Certificate by which the webhook's server is checked.");
        k.Reference("webhook_mapping_body", t => t.WebhookMappingBodyPk, Mapping).Help("Makes the body of the request: what it returns is sent as JSON.");
        k.Reference("webhook_mapping_headers", t => t.WebhookMappingHeadersPk, Mapping).Help("Adds headers to the request: it returns a dictionary of names and values.");
        k.Text("email_subject_prefix", t => t.EmailSubjectPrefix).KeepSpaces().Help("What subjects of mails begin with.");
        k.Text("email_template", t => t.EmailTemplate).NotBlank();
        k.Boolean("send_once", t => t.SendOnce).Help("Send one message for each event, as into a chat channel, and not one for each person.");
        k.Filters("name", "mode", "webhook_url", "send_once");
        k.Search(t => t.Name, t => t.WebhookUrl);
        k.Order("name", "mode");
        k.Validate(Check);
    });

    public static string Verbose(TransportMode mode) => mode switch
    {
        TransportMode.Webhook => "Generic Webhook",
        TransportMode.WebhookSlack => "Slack Webhook (Slack/Discord)",
        TransportMode.Email => "Email",
        _ => "authentik inbuilt notifications",
    };

    static void Check(NotificationTransport transport, SaveContext context)
    {
        if (transport is { IsWebhook: true, WebhookUrl.Length: 0 })
            context.Errors.Add("webhook_url", "Webhook URL may not be empty.");
        if (!context.Get<MailTemplates>().Names.Contains(transport.EmailTemplate, StringComparer.Ordinal))
            context.Errors.Add("email_template", $"Invalid template '{transport.EmailTemplate}' specified.");
    }

    static string? AddressRefusal(string text) =>
        text.Length == 0 || (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https") ? null : "Enter a valid URL.";
}
