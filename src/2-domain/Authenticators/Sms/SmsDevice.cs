using Postern.Authenticators.Devices;
using Postern.Storage.Kinds;

namespace Postern.Authenticators.Sms;

/// <summary>A phone number that codes are sent to.</summary>
public sealed class SmsDevice : SideChannelDevice
{
    /// <summary>Marks a number kept as a hash only, which proved something once and cannot be sent to again.</summary>
    public const string HashMark = "hash:";

    public string PhoneNumber { get; set; } = "";

    internal static SmsDevice New(string number) => new() { PhoneNumber = number };

    public bool IsHashed => PhoneNumber.StartsWith(HashMark, StringComparison.Ordinal);

    public static readonly ModelKind<SmsDevice> Kind = DeviceKind.Declare<SmsDevice>("authentik_stages_authenticator_sms.smsdevice", "sms", "SMS Device", static k =>
        k.Text("phone_number", d => d.PhoneNumber).ReadOnly());
}
