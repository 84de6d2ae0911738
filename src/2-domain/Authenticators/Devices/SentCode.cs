using System.Security.Cryptography;
using Postern.Storage.Sealing;

namespace Postern.Authenticators.Devices;

/// <summary>Codes that are sent to a device: six digits, one at a time.</summary>
static class SentCode
{
    /// <summary>How long a code sent by SMS is good.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>Asked again within this time, no new code is sent: the one on its way stays good.</summary>
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(20);

    public static bool MaySend(SideChannelDevice device, DateTimeOffset now) => device.CodeHash is null || device.CodeSentAt is not { } sent || sent + Pause <= now;

    /// <summary>A new code, which the device from now on expects.</summary>
    public static string Issue(SideChannelDevice device, Seal seal, TimeSpan lifetime, DateTimeOffset now)
    {
        var code = RandomNumberGenerator.GetString("0123456789", 6);
        (device.CodeHash, device.CodeSentAt, device.CodeExpires) = (seal.Hash(SealedFor.SentCode, code), now, now + lifetime);
        return code;
    }

    public static bool Fits(SideChannelDevice device, string code, Seal seal, DateTimeOffset now) =>
        device is { CodeHash: { } expected, CodeExpires: { } expires } && expires > now && code.Length > 0
        && seal.Hashes(SealedFor.SentCode, code).Any(hash => CryptographicOperations.FixedTimeEquals(expected, hash));

    public static void Use(SideChannelDevice device) => (device.CodeHash, device.CodeSentAt, device.CodeExpires) = (null, null, null);
}
