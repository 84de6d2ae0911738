using Postern.Authenticators.Devices;
using Postern.Storage.Kinds;

namespace Postern.Authenticators.Email;

/// <summary>A mail address that codes are sent to.</summary>
public sealed class EmailDevice : SideChannelDevice
{
    public string Email { get; set; } = "";

    internal static EmailDevice New(string address) => new() { Email = address };

    public static readonly ModelKind<EmailDevice> Kind = DeviceKind.Declare<EmailDevice>("authentik_stages_authenticator_email.emaildevice", "email", "Email Device", static k =>
        k.Email("email", d => d.Email).ReadOnly());
}
