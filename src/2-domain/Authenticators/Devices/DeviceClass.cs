namespace Postern.Authenticators.Devices;

/// <summary>The classes of devices, by the reference's names. Duo is accepted in configuration; nobody can have such a device.</summary>
public enum DeviceClass
{
    Static,
    Totp,
    Webauthn,
    Duo,
    Sms,
    Email,
}
