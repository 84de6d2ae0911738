using System.Globalization;
using Postern.Flows.Plans;
using Postern.Storage.Sealing;

namespace Postern.Authenticators.Devices;

/// <summary>A device whose first code is on its way: it lives in the plan, with its wrong answers counted, until it proves itself.</summary>
static class PendingDevice
{
    const int MostAttempts = 10;

    public static T? Read<T>(PlanContext context, string key, Func<string, T> make)
        where T : SideChannelDevice
    {
        if (!context.TryGetValue(key, out var stored) || stored is not IDictionary<string, object?> map || map["to"] is not string to)
            return null;
        var device = make(to);
        device.CodeHash = map["hash"] is string hash ? Convert.FromHexString(hash) : null;
        (device.CodeSentAt, device.CodeExpires) = (map["sent"] as DateTimeOffset?, map["expires"] as DateTimeOffset?);
        device.Failures = Convert.ToInt32(map["failures"], CultureInfo.InvariantCulture);
        return device;
    }

    public static void Keep(PlanContext context, string key, SideChannelDevice device, string to) => context[key] = new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["to"] = to,
        ["hash"] = device.CodeHash is null ? null : Convert.ToHexString(device.CodeHash),
        ["sent"] = device.CodeSentAt,
        ["expires"] = device.CodeExpires,
        ["failures"] = device.Failures,
    };

    /// <summary>Whether the code fits; after too many that do not, the code is worthless and a new one must be asked for.</summary>
    public static bool Accepts(PlanContext context, string key, SideChannelDevice device, string code, Seal seal, DateTimeOffset now)
    {
        if (SentCode.Fits(device, code, seal, now))
            return true;
        if (++device.Failures >= MostAttempts)
        {
            SentCode.Use(device);
            device.Failures = 0;
        }
        if (context[key] is IDictionary<string, object?> map)
            Keep(context, key, device, (string)map["to"]!);
        return false;
    }
}
