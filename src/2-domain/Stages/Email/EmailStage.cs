using System.Text.Json;
using Postern.Flows;
using Postern.Mail;
using Postern.Storage.Kinds;

namespace Postern.Stages.Email;

/// <summary>Sends a link by mail; who opens it goes on with the flow.</summary>
public sealed class EmailStage : Stage
{
    public bool UseGlobalSettings { get; set; }

    public string Host { get; set; } = "localhost";

    public int Port { get; set; } = 25;

    public string Username { get; set; } = "";

    public string Password { get; set; } = "";

    public bool UseTls { get; set; }

    public bool UseSsl { get; set; }

    /// <summary>Seconds.</summary>
    public int Timeout { get; set; } = 10;

    public string FromAddress { get; set; } = "system@authentik.local";

    public string TokenExpiry { get; set; } = "minutes=30";

    public string Subject { get; set; } = "authentik";

    public string Template { get; set; } = "email/password_reset.html";

    public bool ActivateUserOnSuccess { get; set; }

    public int RecoveryMaxAttempts { get; set; } = 5;

    public string RecoveryCacheTimeout { get; set; } = "minutes=5";

    /// <summary>The server of this stage; null where it uses the installation's.</summary>
    internal MailServer? OwnServer => UseGlobalSettings ? null : new(Host, Port, Username, Password, UseTls, UseSsl, Timeout, FromAddress);

    public static readonly ModelKind<EmailStage> Kind = StageKind.Declare<EmailStage>(
        "authentik_stages_email.emailstage", "email", "ak-stage-email-form", "Email Stage", static k =>
        {
            k.Describe("Sends a link by mail to verify an address or to regain access.");
            k.Boolean("use_global_settings", s => s.UseGlobalSettings).Help("Use the mail server of the installation; the fields below are then ignored.");
            k.Text("host", s => s.Host);
            k.Integer("port", s => s.Port, 0, 65535);
            k.Text("username", s => s.Username);
            k.Secret("password", s => s.Password);
            k.Boolean("use_tls", s => s.UseTls);
            k.Boolean("use_ssl", s => s.UseSsl);
            k.Integer("timeout", s => s.Timeout, 1, 300);
            k.Email("from_address", s => s.FromAddress);
            k.Duration("token_expiry", s => s.TokenExpiry).Help("How long the link is valid.")
                .OlderForm(static value => value.ValueKind is JsonValueKind.Number ? $"minutes={value.GetRawText()}" : null);
            k.Text("subject", s => s.Subject);
            k.Text("template", s => s.Template);
            k.Boolean("activate_user_on_success", s => s.ActivateUserOnSuccess).Help("Activate users upon completion of stage, unless they signed in before.");
            k.Integer("recovery_max_attempts", s => s.RecoveryMaxAttempts, 1);
            k.Duration("recovery_cache_timeout", s => s.RecoveryCacheTimeout);
            k.Validate(static (stage, context) =>
            {
                if (!context.Get<MailTemplates>().Names.Contains(stage.Template, StringComparer.Ordinal))
                    context.Errors.Add("template", $"Invalid template '{stage.Template}' specified.");
                if (stage is { UseTls: true, UseSsl: true })
                    context.Errors.Add("use_ssl", "This must be left out where use_tls is given: one is TLS from the first byte, the other STARTTLS.");
            });
        });
}
