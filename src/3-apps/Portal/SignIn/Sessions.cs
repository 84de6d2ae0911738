using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Api.Http;
using Postern.Kernel.Values;
using Postern.Storage;
using Postern.Storage.Sealing;

namespace Postern.Portal.SignIn;

/// <summary>Sessions of browsers: opened at sign-in, found by cookie, ended.</summary>
sealed class Sessions(PosternDb db, Seal seal, TimeProvider clock)
{
    public const string Cookie = "portal_session";
    const string IdTokenPurpose = "portal.session.id_token";

    /// <summary>Remembers the person and opens a session; the browser gets its key.</summary>
    public async Task OpenAsync(HttpContext http, ProviderIdentity identity, bool isSupport)
    {
        var now = clock.GetUtcNow();
        var person = await db.Set<Person>().FirstOrDefaultAsync(p => p.Subject == identity.Subject, http.RequestAborted);
        if (person is null)
            db.Add(person = new Person { Subject = identity.Subject });
        (person.Email, person.EmailVerified, person.Name, person.IsSupport, person.SeenAt) = (identity.Email, identity.EmailVerified, identity.Name, isSupport, now);
        var key = RandomText.Alphanumeric(48);
        db.Add(new PortalSession
        {
            KeyHash = Hash(key),
            Subject = person.Subject,
            ProviderSession = identity.Session,
            IdToken = seal.Close(IdTokenPurpose, Encoding.UTF8.GetBytes(identity.IdToken)),
            FormToken = RandomText.Alphanumeric(32),
            CreatedAt = now,
            ExpiresAt = now + PortalSession.Idle,
        });
        await db.Set<PortalSession>().Where(s => s.ExpiresAt < now).ExecuteDeleteAsync(http.RequestAborted);
        await db.SaveChangesAsync(http.RequestAborted);
        OwnCookie.Write(http, Cookie, key);
    }

    /// <summary>
    /// The session of a request with its person; nulls for strangers. Use keeps it alive, except for support staff: whether they still are staff, the provider says when they sign in.
    /// </summary>
    public async Task<(PortalSession? Session, Person? Person)> FindAsync(HttpContext http)
    {
        if (OwnCookie.Read(http, Cookie) is not { Length: > 0 and < 200 } key)
            return (null, null);
        var (hash, now) = (Hash(key), clock.GetUtcNow());
        var session = await db.Set<PortalSession>().FirstOrDefaultAsync(s => s.KeyHash == hash, http.RequestAborted);
        if (session is null || !session.IsValid(now))
            return (null, null);
        var person = await db.Set<Person>().FirstOrDefaultAsync(p => p.Subject == session.Subject, http.RequestAborted);
        if (person is not { IsSupport: true } && session.ExpiresAt < now + PortalSession.Idle - TimeSpan.FromMinutes(10))
        {
            session.ExpiresAt = now + PortalSession.Idle;
            await db.SaveChangesAsync(http.RequestAborted);
        }
        return (session, person);
    }

    /// <summary>Ends the session; answers the token that tells the provider whose it was.</summary>
    public async Task<string?> EndAsync(HttpContext http)
    {
        var (session, _) = await FindAsync(http);
        OwnCookie.Delete(http, Cookie);
        if (session is null)
            return null;
        db.Remove(session);
        await db.SaveChangesAsync(http.RequestAborted);
        return seal.Open(IdTokenPurpose, session.IdToken) is { } token ? Encoding.UTF8.GetString(token) : null;
    }

    /// <summary>Ends what the provider says has ended: one of its sessions, or all of a person.</summary>
    public Task EndByProviderAsync(string subject, string session, CancellationToken cancellation) => db.Set<PortalSession>()
        .Where(s => session.Length > 0 ? s.ProviderSession == session : s.Subject == subject).ExecuteDeleteAsync(cancellation);

    /// <summary>Leaves a message for the next page; the caller's next save keeps it.</summary>
    public static void Tell(PortalSession session, string level, string text) =>
        session.Messages = [.. session.Messages.Select(m => m!.DeepClone()), new JsonObject { ["level"] = level, ["text"] = text }];

    static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
