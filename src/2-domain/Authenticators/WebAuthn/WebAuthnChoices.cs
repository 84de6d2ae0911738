using System.Text.Json.Serialization;

namespace Postern.Authenticators.WebAuthn;

/// <summary>How much a ceremony wants the person verified, or the credential kept on the device.</summary>
public enum UserVerification
{
    Required,
    Preferred,
    Discouraged,
}

/// <summary>Where an authenticator lives.</summary>
public enum AuthenticatorAttachment
{
    Platform,

    [JsonStringEnumMemberName("cross-platform")]
    CrossPlatform,
}

/// <summary>What browsers should offer first.</summary>
public enum WebAuthnHint
{
    [JsonStringEnumMemberName("security-key")]
    SecurityKey,

    [JsonStringEnumMemberName("client-device")]
    ClientDevice,

    [JsonStringEnumMemberName("hybrid")]
    Hybrid,
}
