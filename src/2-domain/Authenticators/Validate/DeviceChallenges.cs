using System.Globalization;
using System.Text.Json.Nodes;
using Postern.Authenticators.Devices;
using Postern.Authenticators.Email;
using Postern.Authenticators.Sms;
using Postern.Authenticators.WebAuthn;
using Postern.Kernel.Values;

namespace Postern.Authenticators.Validate;

/// <summary>What a person may answer with, as the challenge <c>ak-stage-authenticator-validate</c> lists it.</summary>
static class DeviceChallenges
{
    /// <summary>Stands for the device nobody knows yet, when a passkey alone signs in.</summary>
    public const string AnyDevice = "-1";

    /// <summary>The devices the stage accepts; codes for SMS and mail are sent on demand only.</summary>
    public static IReadOnlyList<Device> Allowed(ValidateStage stage, IEnumerable<Device> devices)
    {
        var classes = Classes(stage);
        return [.. devices.Where(d => classes.Contains(UserDevices.ClassOf(d)) && d switch
        {
            SmsDevice sms => !sms.IsHashed,
            WebAuthnDevice key => DeviceTypes.Allows(stage.WebauthnAllowedDeviceTypes, key.Aaguid),
            _ => true,
        })];
    }

    /// <summary>One for each class, and for each phone and address; a passkey's stands for all passkeys.</summary>
    public static JsonArray Of(ValidateStage stage, RelyingParty party, IReadOnlyList<Device> devices, string challenge)
    {
        var list = new JsonArray();
        var shown = new HashSet<DeviceClass>();
        foreach (var device in devices)
        {
            var of = UserDevices.ClassOf(device);
            if (shown.Add(of) || device is SideChannelDevice)
                list.Add((JsonNode)One(of, device.Pk.ToString(CultureInfo.InvariantCulture), Detail(device, stage, party, devices, challenge), device.LastUsed));
        }
        return list;
    }

    public static JsonArray ForAnybody(ValidateStage stage, RelyingParty party, string challenge) =>
        new(One(DeviceClass.Webauthn, AnyDevice, CeremonyOptions.Assertion(party, challenge, stage.WebauthnUserVerification, stage.WebauthnHints, []), lastUsed: null));

    public static HashSet<DeviceClass> Classes(ValidateStage stage) =>
        [.. stage.DeviceClasses.Select(c => WireEnum<DeviceClass>.TryParse(c, out var known) ? known : (DeviceClass?)null).OfType<DeviceClass>()];

    static JsonObject Detail(Device device, ValidateStage stage, RelyingParty party, IReadOnlyList<Device> all, string challenge) => device switch
    {
        WebAuthnDevice => CeremonyOptions.Assertion(party, challenge, stage.WebauthnUserVerification, stage.WebauthnHints, all.OfType<WebAuthnDevice>()),
        EmailDevice email => new JsonObject { ["email"] = EmailMask.Of(email.Email) },
        _ => [],
    };

    static JsonObject One(DeviceClass of, string uid, JsonObject challenge, DateTimeOffset? lastUsed) => new()
    {
        ["device_class"] = WireEnum<DeviceClass>.Name(of),
        ["device_uid"] = uid,
        ["challenge"] = challenge,
        ["last_used"] = lastUsed,
    };
}
