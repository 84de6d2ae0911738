using System.Net;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Postern.Directory.Sessions;
using Postern.Directory.Users;
using Postern.OAuth2.Clients;
using Postern.OAuth2.Tokens;
using Postern.Storage;

namespace Postern.OAuth2.Device;

/// <summary>Keeps device codes (RFC 8628) from a device's first call to its tokens.</summary>
sealed class DeviceCodes(PosternDb db, TimeProvider clock)
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    const int MostPerHour = 20;

    /// <summary>People need time to reach for a phone, whatever the lifetime of other codes is.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(10);

    /// <summary>A new pair of codes; null where too many came from the address within an hour.</summary>
    public async Task<(string DeviceCode, string UserCode, TimeSpan Lifetime)?> AddAsync(Client client, string scope, IPAddress? address, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var before = await db.ScalarAsync<long?>("SELECT count(*) FROM oauth2_device_code WHERE client_ip = $1 AND created_at > $2", cancellation, (object?)address ?? DBNull.Value, now.AddHours(-1));
        if (before >= MostPerHour)
            return null;
        var lifetime = client.CodeLifetime > Shortest ? client.CodeLifetime : Shortest;
        var device = TokenText.New(128);
        while (true)
        {
            var user = RandomNumberGenerator.GetString("0123456789", 9);
            const string sql = """
                INSERT INTO oauth2_device_code (device_hash, user_code, provider_id, scope, client_ip, auth_method, created_at, expires)
                VALUES ($1, $2, $3, $4, $5, '', $6, $7) ON CONFLICT DO NOTHING
                """;
            if (await db.ExecuteAsync(sql, cancellation, TokenText.HashOf(device), user, client.Provider.Id, scope, (object?)address ?? DBNull.Value, now, now + lifetime) == 1)
                return (device, user, lifetime);
        }
    }

    /// <summary>Provider and scope of a device that waits under this user code; null for none.</summary>
    public async Task<(int Provider, string Scope)?> WaitingAsync(string userCode, CancellationToken cancellation)
    {
        const string sql = "SELECT provider_id, scope FROM oauth2_device_code WHERE user_code = $1 AND user_pk IS NULL AND used_at IS NULL AND expires > $2";
        await using var row = await db.ReadAsync(sql, cancellation, userCode, clock.GetUtcNow());
        return await row.ReadAsync(cancellation) ? (row.GetInt32(0), row.GetString(1)) : null;
    }

    /// <summary>Lets the device in as the user; false when it does not wait any more.</summary>
    public async Task<bool> ApproveAsync(string userCode, User user, Session session, CancellationToken cancellation)
    {
        const string sql = """
            UPDATE oauth2_device_code SET user_pk = $2, session_uuid = $3, auth_time = $4, auth_method = $5
            WHERE user_code = $1 AND (user_pk IS NULL OR user_pk = $2) AND used_at IS NULL AND expires > $6
            """;
        return await db.ExecuteAsync(sql, cancellation, userCode, user.Pk, session.Uuid, session.AuthenticatedAt ?? clock.GetUtcNow(), session.AuthMethod, clock.GetUtcNow()) == 1;
    }

    /// <summary>Uses a device code up; null when nobody let it in, or when it was used before.</summary>
    public async Task<Grant?> UseAsync(string deviceCode, Client client, CancellationToken cancellation)
    {
        const string sql = """
            UPDATE oauth2_device_code SET used_at = $3 WHERE device_hash = $1 AND provider_id = $2 AND used_at IS NULL AND expires > $3 AND user_pk IS NOT NULL
            RETURNING user_pk, scope, session_uuid, auth_time, auth_method
            """;
        var (pk, grant) = (0, (Scope: "", Session: (Guid?)null, Time: DateTimeOffset.UnixEpoch, Method: ""));
        await using (var row = await db.ReadAsync(sql, cancellation, TokenText.HashOf(deviceCode), client.Provider.Id, clock.GetUtcNow()))
        {
            if (await row.ReadAsync(cancellation))
                (pk, grant) = (row.GetInt32(0), (row.GetString(1), row.IsDBNull(2) ? null : row.GetGuid(2), row.GetFieldValue<DateTimeOffset>(3), row.GetString(4)));
        }
        return pk > 0 && await db.Set<User>().AsNoTracking().FirstOrDefaultAsync(u => u.Pk == pk, cancellation) is { IsActive: true } user
            ? new Grant(Guid.CreateVersion7(), client, user, grant.Scope) { Session = grant.Session, AuthTime = grant.Time, AuthMethod = grant.Method }
            : null;
    }

    /// <summary>Why a device gets nothing yet, or ever (RFC 8628 section 3.5). Remembers the call, so that the next one can be told to be slower.</summary>
    public async Task<string> WhyNotAsync(string deviceCode, Client client, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        const string sql = """
            UPDATE oauth2_device_code d SET polled_at = $3 FROM oauth2_device_code b WHERE b.id = d.id AND d.device_hash = $1 AND d.provider_id = $2
            RETURNING CASE WHEN d.used_at IS NOT NULL THEN 'invalid_grant' WHEN d.expires <= $3 THEN 'expired_token'
                WHEN d.user_pk IS NOT NULL THEN 'invalid_grant' WHEN b.polled_at > $4 THEN 'slow_down' ELSE 'authorization_pending' END
            """;
        return await db.ScalarAsync<string>(sql, cancellation, TokenText.HashOf(deviceCode), client.Provider.Id, now, now - Interval) ?? "invalid_grant";
    }
}
