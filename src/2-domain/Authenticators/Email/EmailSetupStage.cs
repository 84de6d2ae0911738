using System.Text.Json;
using System.Text.Json.Nodes;
using Postern.Authenticators.Devices;
using Postern.Mail;
using Postern.Storage.Kinds;

namespace Postern.Authenticators.Email;

/// <summary>Sets up a mail address that codes are sent to, and knows how to send them.</summary>
public sealed class EmailSetupStage : SetupStage
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

    public string Subject { get; set; } = "authentik Sign-in code";

    public string TokenExpiry { get; set; } = "minutes=30";

    public string Template { get; set; } = "email/email_otp.html";

    internal MailServer? Server => UseGlobalSettings ? null : new MailServer(Host, Port, Username, Password, UseTls, UseSsl, Timeout, FromAddress);

    public static readonly ModelKind<EmailSetupStage> Kind = SetupStageKind.Declare<EmailSetupStage>(
        "authentik_stages_authenticator_email.authenticatoremailstage", "email", "Email Authenticator Setup Stage", "Sets up a mail address that codes are sent to.", static k =>
        {
            k.Boolean("use_global_settings", s => s.UseGlobalSettings).Help("Use the mail server of the installation; the fields below are then ignored.");
            k.Text("host", s => s.Host);
            k.Integer("port", s => s.Port, 0, 65535);
            k.Text("username", s => s.Username);
            k.Secret("password", s => s.Password);
            k.Boolean("use_tls", s => s.UseTls);
            k.Boolean("use_ssl", s => s.UseSsl);
            k.Integer("timeout", s => s.Timeout, 1, 300);
            k.Email("from_address", s => s.FromAddress);
            k.Text("subject", s => s.Subject);
            k.Duration("token_expiry", s => s.TokenExpiry).Help("How long a code is good.")
                .OlderForm(static value => value.ValueKind is JsonValueKind.Number ? JsonValue.Create($"minutes={value.GetRawText()}") : null);
            k.Text("template", s => s.Template);
            k.Validate(static (stage, context) =>
            {
                if (!context.Get<MailTemplates>().Names.Contains(stage.Template, StringComparer.Ordinal))
                    context.Errors.Add("template", $"Invalid template '{stage.Template}' specified.");
            });
        });
}
