using Postern.Authenticators.Devices;
using Postern.Authenticators.Email;
using Postern.Authenticators.Sms;
using Postern.Authenticators.WebAuthn;
using Postern.Kernel.Values;
using Postern.Storage.Kinds;

namespace Postern.Web.User.Settings;

/// <summary>A device as its owner sees it.</summary>
public sealed record DeviceRow(int Pk, string Class, string Name, string Type, string? Detail, DateTimeOffset? LastUsed, DateTimeOffset Created)
{
    internal static DeviceRow Of(Device device, KindRegistry kinds) => new(
        device.Pk, WireEnum<DeviceClass>.Name(UserDevices.ClassOf(device)), device.Name, kinds.Of(device.GetType())!.Label, DetailOf(device), device.LastUsed, device.Created);

    static string? DetailOf(Device device) => device switch
    {
        EmailDevice email => EmailMask.Of(email.Email),
        SmsDevice { IsHashed: false } sms => sms.PhoneNumber,
        WebAuthnDevice key => DeviceTypes.NameOf(key.Aaguid) is { } model && model != key.Name ? model : null,
        _ => null,
    };
}
