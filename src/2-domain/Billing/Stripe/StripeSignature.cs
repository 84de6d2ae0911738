using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Postern.Kernel.Values;

namespace Postern.Billing.Stripe;

/// <summary>
/// The signature of deliveries, <c>Stripe-Signature: t=&lt;unix&gt;,v1=&lt;hex&gt;[,v1=...]</c>: HMAC-SHA256 of time, full stop and body as it came, under the endpoint's secret as it is
/// written. The time is part of it, so that an old delivery cannot be sent again.
/// </summary>
static class StripeSignature
{
    static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>True when any of the signatures was made with any of the secrets, less than five minutes from now.</summary>
    public static bool Holds(ReadOnlySpan<byte> body, string header, IEnumerable<Secret> secrets, DateTimeOffset now)
    {
        if (Read(header) is not var (time, signatures) || Math.Abs(now.ToUnixTimeSeconds() - time) > Tolerance.TotalSeconds)
            return false;
        byte[] signed = [.. Encoding.ASCII.GetBytes(time.ToString(CultureInfo.InvariantCulture) + "."), .. body];
        var holds = false;
        foreach (var secret in secrets)
        {
            var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret.Reveal), signed);
            foreach (var signature in signatures)
                holds |= CryptographicOperations.FixedTimeEquals(expected, signature);
        }
        return holds;
    }

    // Versions other than v1 are for tests of Stripe's own, and are not looked at.
    static (long Time, List<byte[]> Signatures)? Read(string header)
    {
        long? time = null;
        var signatures = new List<byte[]>();
        foreach (var part in header.Split(','))
        {
            var (name, value) = part.Split('=', 2) is [var n, var v] ? (n.Trim(), v.Trim()) : ("", "");
            if (name == "t")
            {
                if (time is not null || !long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
                    return null;
                time = seconds;
            }
            else if (name == "v1" && value.Length == 64 && value.All(char.IsAsciiHexDigitLower))
            {
                signatures.Add(Convert.FromHexString(value));
            }
        }
        return time is { } at && signatures.Count > 0 ? (at, signatures) : null;
    }
}
