using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Postern.Authenticators.Totp;

/// <summary>Time-based one-time codes: RFC 6238 over HMAC-SHA-1 with steps of 30 seconds.</summary>
public static class TotpCode
{
    public const int StepSeconds = 30;

    /// <summary>Length of a new seed in bytes; RFC 4226, section 4, recommends 160 bits.</summary>
    public const int SeedBytes = 20;

    /// <summary>Steps around the expected one that are accepted (RFC 6238, section 5.2).</summary>
    const int Tolerance = 1;

    /// <summary>How far a device's clock may wander, in steps.</summary>
    const int MostDrift = 10;

    const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static long StepAt(DateTimeOffset time) => time.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>The code of a step (RFC 4226, section 5.3).</summary>
    public static string At(ReadOnlySpan<byte> seed, long step, int digits)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // The algorithm every authenticator app speaks; HMAC does not need collision resistance.
        HMACSHA1.HashData(seed, counter, hash);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0xf)..]) & 0x7fffffff;
        return (number % Power(digits)).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
    }

    /// <summary>The step a code belongs to, near now by the device's clock and after the last one used; null when it fits none.</summary>
    public static long? Match(ReadOnlySpan<byte> seed, string code, int digits, long now, int drift, long lastStep)
    {
        var given = Encoding.ASCII.GetBytes(code);
        long? match = null;
        for (var offset = -Tolerance; offset <= Tolerance; offset++)
        {
            var step = now + drift + offset;
            // Each one is compared, so that time tells nothing.
            if (CryptographicOperations.FixedTimeEquals(given, Encoding.ASCII.GetBytes(At(seed, step, digits))) && step > lastStep)
                match ??= step;
        }
        return match;
    }

    /// <summary>How far off the device's clock is after a code of this step.</summary>
    public static int DriftOf(long step, long now) => (int)Math.Clamp(step - now, -MostDrift, MostDrift);

    /// <summary>A seed as apps read it (RFC 4648, section 6, without padding).</summary>
    public static string ToBase32(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder((bytes.Length * 8 + 4) / 5);
        var (buffer, bits) = (0, 0);
        foreach (var value in bytes)
        {
            (buffer, bits) = ((buffer << 8) | value, bits + 8);
            for (; bits >= 5; bits -= 5)
                text.Append(Base32[(buffer >> (bits - 5)) & 31]);
            buffer &= (1 << bits) - 1;
        }
        if (bits > 0)
            text.Append(Base32[(buffer << (5 - bits)) & 31]);
        return text.ToString();
    }

    static int Power(int digits) => digits is 8 ? 100_000_000 : 1_000_000;
}
