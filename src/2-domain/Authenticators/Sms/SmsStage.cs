using Postern.Authenticators.Devices;
using Postern.Storage.Kinds;

namespace Postern.Authenticators.Sms;

/// <summary>Sets up a phone number that codes are sent to, and knows the provider that sends them.</summary>
public sealed class SmsStage : SetupStage
{
    public SmsProvider Provider { get; set; }

    public string FromNumber { get; set; } = "";

    /// <summary>Account at Twilio; for a generic provider the address its webhook listens at.</summary>
    public string AccountSid { get; set; } = "";

    public string Auth { get; set; } = "";

    public string AuthPassword { get; set; } = "";

    public SmsAuthType AuthType { get; set; }

    /// <summary>Keep the number's hash only: it proves that somebody has a phone, and no more codes can be sent to it.</summary>
    public bool VerifyOnly { get; set; }

    public Guid? Mapping { get; set; }

    public static readonly ModelKind<SmsStage> Kind = SetupStageKind.Declare<SmsStage>(
        "authentik_stages_authenticator_sms.authenticatorsmsstage", "sms", "SMS Authenticator Setup Stage", "Sets up a phone number that codes are sent to.", static k =>
        {
            k.Choice("provider", s => s.Provider).Required();
            k.Text("from_number", s => s.FromNumber).Required();
            k.Text("account_sid", s => s.AccountSid).Required().Help("Account at Twilio; for a generic provider the address of its webhook.");
            k.Secret("auth", s => s.Auth).Required().Help("Auth token at Twilio; for a generic provider the user name or bearer token.");
            k.Secret("auth_password", s => s.AuthPassword).Help("Password of a generic provider with basic authentication.");
            k.Choice("auth_type", s => s.AuthType);
            k.Boolean("verify_only", s => s.VerifyOnly).Help("Keep only a hash of the number. Such a device proves a phone once and cannot be used to sign in.");
            k.Reference("mapping", s => s.Mapping, "authentik_events.notificationwebhookmapping").Help("Makes what is sent: the JSON for a generic provider; for Twilio the text, as the member message.");
            k.Validate(static (stage, context) =>
            {
                if (stage.Provider is SmsProvider.Generic && !(Uri.TryCreate(stage.AccountSid, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
                    context.Errors.Add("account_sid", "Enter a valid URL.");
            });
        });
}

/// <summary>Who sends.</summary>
public enum SmsProvider
{
    Twilio,
    Generic,
}

/// <summary>How a generic provider knows us.</summary>
public enum SmsAuthType
{
    Basic,
    Bearer,
}
