using Postern.Authenticators.Devices;
using Postern.Storage.Kinds;

namespace Postern.Authenticators.WebAuthn;

/// <summary>Sets up a passkey or security key.</summary>
public sealed class WebAuthnStage : SetupStage
{
    public UserVerification UserVerification { get; set; } = UserVerification.Preferred;

    public AuthenticatorAttachment? AuthenticatorAttachment { get; set; }

    public UserVerification ResidentKeyRequirement { get; set; } = UserVerification.Preferred;

    public List<string> Hints { get; set; } = [];

    public List<Guid> DeviceTypeRestrictions { get; set; } = [];

    public int MaxAttempts { get; set; }

    public static readonly ModelKind<WebAuthnStage> Kind = SetupStageKind.Declare<WebAuthnStage>(
        "authentik_stages_authenticator_webauthn.authenticatorwebauthnstage", "webauthn", "WebAuthn Authenticator Setup Stage", "Sets up a passkey or security key.", static k =>
        {
            k.Aliases("authentik_stages_authenticator_webauthn.authenticatewebauthnstage");
            k.Choice("user_verification", s => s.UserVerification);
            k.NullableChoice("authenticator_attachment", s => s.AuthenticatorAttachment);
            k.Choice("resident_key_requirement", s => s.ResidentKeyRequirement);
            k.ChoiceList<WebAuthnHint>("hints", s => s.Hints);
            k.References("device_type_restrictions", s => s.DeviceTypeRestrictions, "authentik_stages_authenticator_webauthn.webauthndevicetype").Help("Only these models; none: all.");
            k.Computed("device_type_restrictions_obj", s => s.DeviceTypeRestrictions.Select(DeviceTypes.Shown).ToList());
            k.Integer("max_attempts", s => s.MaxAttempts, 0).Help("Failed attempts after which the flow ends; zero for no end.");
        });
}
