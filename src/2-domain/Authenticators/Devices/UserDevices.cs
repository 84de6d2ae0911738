using Microsoft.EntityFrameworkCore;
using Postern.Authenticators.Email;
using Postern.Authenticators.Sms;
using Postern.Authenticators.Static;
using Postern.Authenticators.Totp;
using Postern.Authenticators.WebAuthn;
using Postern.Storage;

namespace Postern.Authenticators.Devices;

/// <summary>The devices of a user, of all kinds.</summary>
public sealed class UserDevices(PosternDb db)
{
    /// <summary>All, confirmed or not; the one used last comes first.</summary>
    public async ValueTask<IReadOnlyList<Device>> AllAsync(int user, CancellationToken cancellation)
    {
        var all = new List<Device>();
        all.AddRange(await OfAsync<TotpDevice>(user, cancellation));
        all.AddRange(await OfAsync<WebAuthnDevice>(user, cancellation));
        all.AddRange(await OfAsync<EmailDevice>(user, cancellation));
        all.AddRange(await OfAsync<SmsDevice>(user, cancellation));
        all.AddRange(await OfAsync<StaticDevice>(user, cancellation));
        return [.. all.OrderByDescending(d => d.LastUsed ?? DateTimeOffset.MinValue)];
    }

    public async ValueTask<IReadOnlyList<Device>> ConfirmedAsync(int user, CancellationToken cancellation) =>
        [.. (await AllAsync(user, cancellation)).Where(d => d.Confirmed)];

    public static DeviceClass ClassOf(Device device) => device switch
    {
        TotpDevice => DeviceClass.Totp,
        StaticDevice => DeviceClass.Static,
        WebAuthnDevice => DeviceClass.Webauthn,
        SmsDevice => DeviceClass.Sms,
        EmailDevice => DeviceClass.Email,
        _ => throw new InvalidOperationException($"No class for {device.GetType()}"),
    };

    Task<List<T>> OfAsync<T>(int user, CancellationToken cancellation)
        where T : Device => db.Set<T>().AsNoTracking().Where(d => d.UserPk == user).OrderBy(d => d.Pk).ToListAsync(cancellation);
}
