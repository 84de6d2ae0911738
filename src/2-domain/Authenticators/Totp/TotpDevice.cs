using Postern.Authenticators.Devices;
using Postern.Storage.Kinds;

namespace Postern.Authenticators.Totp;

/// <summary>An app that shows time-based codes (RFC 6238).</summary>
public sealed class TotpDevice : Device
{
    /// <summary>The seed, sealed.</summary>
    public string Seed { get; set; } = "";

    public int Digits { get; set; } = 6;

    /// <summary>The last step of time a code was accepted for; none before it is accepted again.</summary>
    public long LastStep { get; set; }

    /// <summary>How many steps the device's clock is off, as seen at the last code.</summary>
    public int Drift { get; set; }

    public static readonly ModelKind<TotpDevice> Kind = DeviceKind.Declare<TotpDevice>("authentik_stages_authenticator_totp.totpdevice", "totp", "TOTP Device", static _ => { });
}
