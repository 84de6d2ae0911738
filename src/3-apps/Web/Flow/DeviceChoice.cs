using System.Text.Json;

namespace Postern.Web.Flow;

/// <summary>One device of a validation challenge, as its page shows it.</summary>
sealed record DeviceChoice(string Class, string Uid, JsonElement Challenge)
{
    public static IReadOnlyList<DeviceChoice> ReadAll(Challenge challenge) =>
    [
        .. challenge.Items("device_challenges").Select(d => new DeviceChoice(d.Text("device_class") ?? "", d.Text("device_uid") ?? "", d.Member("challenge") ?? default)),
    ];

    /// <summary>What a form posts to choose it.</summary>
    public string Value => JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal) { ["device_class"] = Class, ["device_uid"] = Uid });

    public bool IsSent => Class is "sms" or "email";

    public string Name => Class switch
    {
        "totp" => "Authenticator app",
        "static" => "Recovery code",
        "webauthn" => "Passkey or security key",
        "sms" => "Text message",
        "email" => Challenge.Text("email") is { } address ? $"Email to {address}" : "Email",
        _ => Class,
    };

    public string Lead => Class switch
    {
        "totp" => "Type the code your authenticator app shows.",
        "static" => "Type one of your recovery codes. It then counts no more.",
        "sms" => "We can send a code to your phone.",
        "email" => Challenge.Text("email") is { } address ? $"We can send a code to {address}." : "We can send you a code by mail.",
        _ => "Use your passkey or security key.",
    };

    public string Icon => Class switch
    {
        "totp" => "device-mobile",
        "static" => "key",
        "webauthn" => "fingerprint",
        "email" => "mail",
        _ => "message",
    };
}
