using Microsoft.EntityFrameworkCore;
using Postern.Authenticators.Devices;
using Postern.Storage.Kinds;

namespace Postern.Authenticators.Static;

/// <summary>A sheet of codes, each good for one sign-in.</summary>
public sealed class StaticDevice : Device
{
    const string Masked = "************";

    public static readonly ModelKind<StaticDevice> Kind = DeviceKind.Declare<StaticDevice>("authentik_stages_authenticator_static.staticdevice", "static", "Static Device", static k =>
    {
        // How many are left; the codes themselves are kept as keyed hashes and cannot be shown again.
        k.Computed("token_set", static async (page, context) =>
        {
            List<int> devices = [.. page.Select(d => d.Pk)];
            var left = await context.Db.Set<StaticCode>().Where(c => devices.Contains(c.DevicePk)).GroupBy(c => c.DevicePk)
                .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, context.Cancellation);
            return d => Enumerable.Repeat(new Dictionary<string, object?>(StringComparer.Ordinal) { ["token"] = Masked }, left.GetValueOrDefault(d.Pk)).ToList();
        });
    });
}

/// <summary>One code of a sheet that is still good.</summary>
public sealed class StaticCode
{
    public int DevicePk { get; set; }

    /// <summary>Keyed hash of the code.</summary>
    public byte[] Hash { get; set; } = [];
}
