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
    // In the order in which devices that were never used are listed.
    const string Kinds = """
        SELECT ARRAY(
            SELECT 'totp' WHERE EXISTS (SELECT FROM totp_device WHERE user_pk = $1)
            UNION ALL SELECT 'webauthn' WHERE EXISTS (SELECT FROM webauthn_device WHERE user_pk = $1)
            UNION ALL SELECT 'email' WHERE EXISTS (SELECT FROM email_device WHERE user_pk = $1)
            UNION ALL SELECT 'sms' WHERE EXISTS (SELECT FROM sms_device WHERE user_pk = $1)
            UNION ALL SELECT 'static' WHERE EXISTS (SELECT FROM static_device WHERE user_pk = $1))
        """;

    /// <summary>All, confirmed or not; the one used last comes first.</summary>
    public async ValueTask<IReadOnlyList<Device>> AllAsync(int user, CancellationToken cancellation)
    {
        var all = new List<Device>();
        // Most have none, or of one kind: which, is one statement.
        foreach (var kind in await db.ScalarAsync<string[]>(Kinds, cancellation, user) ?? [])
        {
            all.AddRange(kind switch
            {
                "totp" => await OfAsync<TotpDevice>(user, cancellation),
                "webauthn" => await OfAsync<WebAuthnDevice>(user, cancellation),
                "email" => await OfAsync<EmailDevice>(user, cancellation),
                "sms" => await OfAsync<SmsDevice>(user, cancellation),
                _ => (IEnumerable<Device>)await OfAsync<StaticDevice>(user, cancellation),
            });
        }
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
