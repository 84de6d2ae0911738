using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Postern.Api.Http;
using Postern.Authenticators.Devices;
using Postern.Kernel.Settings;
using Postern.Storage.Sealing;

namespace Postern.Authenticators.Validate;

/// <summary>The cookie <c>authentik_mfa</c>: which device of whom was validated by which stage on this browser, and when; sealed, so that nobody writes one of their own.</summary>
sealed class LastValidation(Seal seal, PosternSettings settings, TimeProvider clock)
{
    const string Cookie = "authentik_mfa";

    public void Remember(HttpContext http, ValidateStage stage, Device device, TimeSpan threshold)
    {
        var record = new Record(stage.Pk, Name(device), device.UserPk, clock.GetUtcNow());
        OwnCookie.Write(http, Cookie, seal.Close(SealedFor.LastValidation, JsonSerializer.SerializeToUtf8Bytes(record)), threshold, settings.CookieDomain);
    }

    /// <summary>The device of these that was validated here recently enough; null for none.</summary>
    public Device? Find(HttpContext http, ValidateStage stage, IReadOnlyList<Device> allowed, TimeSpan threshold)
    {
        if (OwnCookie.Read(http, Cookie, settings.CookieDomain) is not { Length: > 0 and < 4096 } box || seal.Open(SealedFor.LastValidation, box) is not { } bytes)
            return null;
        var record = JsonSerializer.Deserialize<Record>(Encoding.UTF8.GetString(bytes));
        return record is not null && record.Stage == stage.Pk && record.At + threshold > clock.GetUtcNow()
            ? allowed.FirstOrDefault(d => d.UserPk == record.User && string.Equals(Name(d), record.Device, StringComparison.Ordinal))
            : null;
    }

    static string Name(Device device) => string.Create(CultureInfo.InvariantCulture, $"{UserDevices.ClassOf(device)}:{device.Pk}:{device.Created.ToUnixTimeSeconds()}");

    sealed record Record(Guid Stage, string Device, int User, DateTimeOffset At);
}
