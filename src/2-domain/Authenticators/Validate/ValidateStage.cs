using Postern.Authenticators.Devices;
using Postern.Authenticators.WebAuthn;
using Postern.Flows;
using Postern.Storage.Kinds;

namespace Postern.Authenticators.Validate;

/// <summary>Asks for a device of the person besides what they proved already, or lets people sign in with a passkey alone.</summary>
public sealed class ValidateStage : Stage
{
    public NotConfiguredAction NotConfiguredAction { get; set; }

    public List<string> DeviceClasses { get; set; } = ["static", "totp", "webauthn", "duo", "sms", "email"];

    public List<Guid> ConfigurationStages { get; set; } = [];

    /// <summary>Within this time after a validation on the same browser none is asked for again; zero always asks.</summary>
    public string LastAuthThreshold { get; set; } = "seconds=0";

    public UserVerification WebauthnUserVerification { get; set; } = UserVerification.Preferred;

    public List<string> WebauthnHints { get; set; } = [];

    public List<Guid> WebauthnAllowedDeviceTypes { get; set; } = [];

    public double EmailOtpThrottlingFactor { get; set; } = 1;

    public double SmsOtpThrottlingFactor { get; set; } = 1;

    public double TotpOtpThrottlingFactor { get; set; } = 1;

    public double StaticOtpThrottlingFactor { get; set; } = 1;

    public static readonly ModelKind<ValidateStage> Kind = StageKind.Declare<ValidateStage>(
        "authentik_stages_authenticator_validate.authenticatorvalidatestage", "authenticator/validate", "ak-stage-authenticator-validate-form", "Authenticator Validation Stage", static k =>
        {
            k.Describe("Asks for a second factor, or for a passkey alone.");
            k.Choice("not_configured_action", s => s.NotConfiguredAction).Help("What happens to people who have none of these devices.");
            k.ChoiceList<DeviceClass>("device_classes", s => s.DeviceClasses).Help("Devices that are accepted here.");
            k.References("configuration_stages", s => s.ConfigurationStages, "authentik_flows.stage").Help("Stages people without a device set one up with.");
            k.Duration("last_auth_threshold", s => s.LastAuthThreshold).Help("Ask again only after this time on the same browser; zero asks every time.");
            k.Choice("webauthn_user_verification", s => s.WebauthnUserVerification).Help("Whether a passkey must ask for a PIN or a finger.");
            k.ChoiceList<WebAuthnHint>("webauthn_hints", s => s.WebauthnHints);
            k.References("webauthn_allowed_device_types", s => s.WebauthnAllowedDeviceTypes, "authentik_stages_authenticator_webauthn.webauthndevicetype").Help("Only passkeys of these models; none: all.");
            k.Computed("webauthn_allowed_device_types_obj", s => s.WebauthnAllowedDeviceTypes.Select(DeviceTypes.Shown).ToList());
            k.Number("email_otp_throttling_factor", s => s.EmailOtpThrottlingFactor).Help("Seconds to wait after a wrong code, doubled with each further one; zero never waits.");
            k.Number("sms_otp_throttling_factor", s => s.SmsOtpThrottlingFactor);
            k.Number("totp_otp_throttling_factor", s => s.TotpOtpThrottlingFactor);
            k.Number("static_otp_throttling_factor", s => s.StaticOtpThrottlingFactor);
            k.Validate(static (stage, context) =>
            {
                if (stage is { NotConfiguredAction: NotConfiguredAction.Configure, ConfigurationStages.Count: 0 })
                    context.Errors.Add("not_configured_action", "When \"Not configured action\" is set to \"Configure\", you must set a configuration stage.");
            });
        });
}

/// <summary>What happens to people without a device.</summary>
public enum NotConfiguredAction
{
    Skip,
    Deny,
    Configure,
}
