using System.Security.Cryptography;
using Postern.Authenticators.Devices;
using Postern.Storage.Kinds;

namespace Postern.Authenticators.WebAuthn;

/// <summary>A passkey or security key (W3C Web Authentication, level 3).</summary>
public sealed class WebAuthnDevice : Device
{
    public byte[] CredentialId { get; set; } = [];

    /// <summary>COSE key (RFC 9052, section 7).</summary>
    public byte[] PublicKey { get; set; } = [];

    public long SignCount { get; set; }

    /// <summary>Host the credential was made for.</summary>
    public string RpId { get; set; } = "";

    /// <summary>Model of the authenticator.</summary>
    public Guid Aaguid { get; set; }

    /// <summary>Whether the authenticator signed the statement of its model.</summary>
    public bool Attested { get; set; }

    public List<string> Transports { get; set; } = [];

    public static readonly ModelKind<WebAuthnDevice> Kind = DeviceKind.Declare<WebAuthnDevice>("authentik_stages_authenticator_webauthn.webauthndevice", "webauthn", "WebAuthn Device", static k =>
    {
        k.Computed("created_on", d => d.Created);
        k.Computed("device_type", d => DeviceTypes.Of(d.Aaguid));
        k.Computed("aaguid", d => d.Aaguid.ToString());
        k.Validate(static (device, context) => device.CredentialId = context.IsNew ? RandomNumberGenerator.GetBytes(32) : device.CredentialId);
    }, nameLength: 200);
}
