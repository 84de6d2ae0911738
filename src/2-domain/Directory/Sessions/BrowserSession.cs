using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Postern.Api.Http;
using Postern.Kernel.Settings;
using Postern.Storage;

namespace Postern.Directory.Sessions;

/// <summary>The session of the request at hand. Most requests need none; it is made when something must be remembered.</summary>
public sealed class BrowserSession(PosternDb db, PosternSettings settings, SessionCookies cookies, TimeProvider clock)
{
    static readonly TimeSpan JustNow = TimeSpan.FromMinutes(1);

    Session? loaded;

    /// <summary>Name of the session; null when the browser has none.</summary>
    public Guid? Uuid { get; private set; }

    /// <summary>The token that forms of pages and unsafe API calls must carry; null without a session.</summary>
    public string? CsrfToken => Key is null ? null : SessionKey.CsrfToken(Key);

    internal string? Key { get; private set; }

    /// <summary>The session, tracked: what is changed on it is stored with the caller's next save. Null when there is none.</summary>
    public async ValueTask<Session?> FindAsync(CancellationToken cancellation)
    {
        if (loaded is null && Uuid is { } uuid)
            loaded = await db.Set<Session>().FirstOrDefaultAsync(s => s.Uuid == uuid, cancellation);
        return loaded;
    }

    /// <summary>Locks the session's row until the transaction ends, and reads it in the same statement.</summary>
    public async ValueTask LockAsync(CancellationToken cancellation)
    {
        // Not composed: a limit around it would read the row anew beside the lock.
        var found = await db.Set<Session>().FromSql($"SELECT * FROM session WHERE uuid = {Uuid} FOR UPDATE").ToListAsync(cancellation);
        loaded ??= found.SingleOrDefault();
    }

    /// <summary>
    /// The session, made if there is none; the caller saves. Sends its cookie when new, unless the browser's key was replaced a moment ago: whoever pressed twice is signed in by the first press, and the
    /// answer to the second, which was on its way with the old key, must not take that from them.
    /// </summary>
    public async ValueTask<Session> RequireAsync(HttpContext http, CancellationToken cancellation)
    {
        if (await FindAsync(cancellation) is { } found)
            return found;
        var now = clock.GetUtcNow();
        loaded = new Session { CreatedAt = now, LastUsed = now, Lifetime = settings.UnauthenticatedSessionAge, Expires = now + settings.UnauthenticatedSessionAge };
        Describe(loaded, http);
        db.Add(loaded);
        if (await WasReplacedAsync(http, now, cancellation))
            NewKey(loaded);
        else
            Rekey(http, loaded);
        return loaded;
    }

    /// <summary>Gives the session another key and sends it; the old one is worthless once the caller has saved.</summary>
    internal void Rekey(HttpContext http, Session session) => cookies.Write(http, NewKey(session), session.Persistent ? session.Lifetime : null);

    string NewKey(Session session)
    {
        session.KeyBefore = session.KeyHash.Length > 0 ? session.KeyHash : null;
        (Uuid, Key) = (session.Uuid, SessionKey.New());
        session.KeyHash = SessionKey.HashOf(Key)!;
        return Key;
    }

    async ValueTask<bool> WasReplacedAsync(HttpContext http, DateTimeOffset now, CancellationToken cancellation) =>
        cookies.Key(http) is { } shown && SessionKey.HashOf(shown) is { } hash
        && await db.ScalarAsync<bool>("SELECT EXISTS (SELECT FROM session WHERE key_before = $1 AND last_used > $2)", cancellation, hash, now - JustNow);

    /// <summary>The browser showed this session's key.</summary>
    internal void Found(Guid uuid, string key) => (Uuid, Key) = (uuid, key);

    /// <summary>The browser has no session any more.</summary>
    internal void Forget(HttpContext http)
    {
        (Uuid, Key, loaded) = (null, null, null);
        cookies.Clear(http);
    }

    internal static void Describe(Session session, HttpContext http)
    {
        session.LastIp = http.Connection.RemoteIpAddress;
        session.LastUserAgent = http.Caller().Request?.UserAgent ?? "";
    }
}
