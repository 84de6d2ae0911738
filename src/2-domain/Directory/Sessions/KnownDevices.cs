using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Postern.Api.Http;
using Postern.Directory.Users;
using Postern.Kernel.Settings;
using Postern.Storage;

namespace Postern.Directory.Sessions;

/// <summary>The browsers on which users signed in before, by the cookie <c>authentik_device</c>.</summary>
public sealed class KnownDevices(PosternDb db, PosternSettings settings, TimeProvider clock)
{
    const string Cookie = "authentik_device";
    const int KeyBytes = 32;

    /// <summary>The browser of the request, if it is known to be the user's. It is asked before anybody is signed in.</summary>
    public async ValueTask<KnownDevice?> FindAsync(HttpContext http, int user, CancellationToken cancellation)
    {
        if (HashOfCookie(http) is not { } hash)
            return null;
        var now = clock.GetUtcNow();
        return await db.Set<KnownDevice>().AsNoTracking().FirstOrDefaultAsync(d => d.UserPk == user && d.KeyHash == hash && d.Expires > now, cancellation);
    }

    /// <summary>Whether the user signed in on this browser before, or has a live session at its address.</summary>
    public async ValueTask<bool> IsKnownAsync(HttpContext http, User user, CancellationToken cancellation)
    {
        if (await FindAsync(http, user.Pk, cancellation) is not null)
            return true;
        var (address, now) = (http.Caller().ClientIp, clock.GetUtcNow());
        return address is not null && await db.Set<Session>().AnyAsync(s => s.UserPk == user.Pk && s.Expires > now && s.LastIp!.Equals(address), cancellation);
    }

    /// <summary>Knows the browser from now on, for as long as it is said; zero leaves no trace. Writes one row in the caller's transaction.</summary>
    public async ValueTask RememberAsync(HttpContext http, User user, TimeSpan lifetime, CancellationToken cancellation)
    {
        if (lifetime <= TimeSpan.Zero)
            return;
        var (caller, now) = (http.Caller(), clock.GetUtcNow());
        var hash = HashOfCookie(http);
        var key = hash is null ? Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes)) : KeyOf(http)!;
        await db.ExecuteAsync(
            """
            INSERT INTO known_device (uuid, user_pk, key_hash, first_seen, last_seen, expires, last_ip, last_user_agent) VALUES ($1, $2, $3, $4, $4, $5, $6, $7)
            ON CONFLICT (user_pk, key_hash) DO UPDATE SET last_seen = excluded.last_seen, expires = excluded.expires, last_ip = excluded.last_ip, last_user_agent = excluded.last_user_agent
            """,
            cancellation,
            Guid.CreateVersion7(now), user.Pk, hash ?? HashOf(key), now, now + lifetime, (object?)caller.ClientIp ?? DBNull.Value, caller.Request?.UserAgent ?? "");
        OwnCookie.Write(http, Cookie, key, lifetime, settings.CookieDomain);
    }

    /// <summary>Makes one of a user's browsers unknown; false when there is none of this name.</summary>
    public async Task<bool> ForgetAsync(int user, Guid device, CancellationToken cancellation) =>
        await db.Set<KnownDevice>().Where(d => d.UserPk == user && d.Uuid == device).ExecuteDeleteAsync(cancellation) > 0;

    string? KeyOf(HttpContext http) => OwnCookie.Read(http, Cookie, settings.CookieDomain);

    byte[]? HashOfCookie(HttpContext http) => KeyOf(http) is { Length: 43 } key ? HashOf(key) : null;

    static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
