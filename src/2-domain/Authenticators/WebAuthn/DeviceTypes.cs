using System.Collections.Frozen;

namespace Postern.Authenticators.WebAuthn;

/// <summary>Names of common authenticator models, by the AAGUID they state.</summary>
public static class DeviceTypes
{
    /// <summary>In a list of allowed models it stands for all that are not known by name.</summary>
    public static readonly Guid Unknown = Guid.Empty;

    static readonly FrozenDictionary<Guid, string> Names = new Dictionary<Guid, string>
    {
        [Unknown] = "authentik: Unknown devices",
        [new("ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4")] = "Google Password Manager",
        [new("adce0002-35bc-c60a-648b-0b25f1f05503")] = "Chrome on Mac",
        [new("fbfc3007-154e-4ecc-8c0b-6e020557d7bd")] = "iCloud Keychain",
        [new("dd4ec289-e01d-41c9-bb89-70fa845d4bf2")] = "iCloud Keychain (Managed)",
        [new("08987058-cadc-4b81-b6e1-30de50dcbe96")] = "Windows Hello",
        [new("9ddd1817-af5a-4672-a2b9-3e3dd95000a9")] = "Windows Hello",
        [new("6028b017-b1d4-4c02-b4b3-afcdafc96bb2")] = "Windows Hello",
        [new("bada5566-a7aa-401f-bd96-45619a55120d")] = "1Password",
        [new("d548826e-79b4-db40-a3d8-11116f7e8349")] = "Bitwarden",
        [new("531126d6-e717-415c-9320-3d9aa6981239")] = "Dashlane",
        [new("fdb141b2-5d84-443e-8a35-4698c205a502")] = "KeePassXC",
        [new("0ea242b4-43c4-4a1b-8b17-dd6d0b6baec6")] = "Keeper",
        [new("53414d53-554e-4700-0000-000000000000")] = "Samsung Pass",
        [new("cb69481e-8ff7-4039-93ec-0a2729a154a8")] = "YubiKey 5 Series",
        [new("ee882879-721c-4913-9775-3dfcce97072a")] = "YubiKey 5 Series",
        [new("fa2b99dc-9e39-4257-8f92-4a30d23c4118")] = "YubiKey 5 Series with NFC",
        [new("2fc0579f-8113-47ea-b116-bb5a8db9202a")] = "YubiKey 5 Series with NFC",
        [new("c5ef55ff-ad9a-4b9f-b580-adebafe026d0")] = "YubiKey 5 Series with Lightning",
        [new("f8a011f3-8c0a-4d15-8006-17111f9edc7d")] = "Security Key by Yubico",
        [new("6d44ba9b-f6ec-2e49-b930-0c8fe920cb73")] = "Security Key by Yubico with NFC",
    }.ToFrozenDictionary();

    public static IEnumerable<KeyValuePair<Guid, string>> All => Names.OrderBy(n => n.Value, StringComparer.Ordinal).ThenBy(n => n.Key);

    public static string? NameOf(Guid aaguid) => aaguid == Unknown ? null : Names.GetValueOrDefault(aaguid);

    /// <summary>As the API shows a model; null where it has no name here.</summary>
    public static object? Of(Guid aaguid) => NameOf(aaguid) is { } name ? Shown(aaguid, name) : null;

    public static object Shown(Guid aaguid, string name) => new Dictionary<string, object?>(StringComparer.Ordinal) { ["aaguid"] = aaguid, ["description"] = name };

    public static object Shown(Guid aaguid) => Shown(aaguid, Names.GetValueOrDefault(aaguid, "authentik: Unknown devices"));

    /// <summary>Whether a list of allowed models lets a device in; an empty list allows all. The model is what the device says of itself.</summary>
    public static bool Allows(IReadOnlyCollection<Guid> allowed, Guid aaguid) =>
        allowed.Count == 0 || allowed.Contains(aaguid) || (allowed.Contains(Unknown) && NameOf(aaguid) is null);
}
