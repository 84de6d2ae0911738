using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Postern.Api.Http;
using Postern.Directory.Places;

namespace Postern.Directory.Sessions;

/// <summary>Sign-in of browsers by their session's cookie; what has expired or belongs to an inactive user ends here, on this very request.</summary>
static class SessionSignIn
{
    static readonly TimeSpan TouchEvery = TimeSpan.FromMinutes(1);

    /// <summary>True when somebody is signed in.</summary>
    public static async Task<bool> ExecuteAsync(HttpContext http, string key, CancellationToken cancellation)
    {
        var services = http.RequestServices;
        var hash = SessionKey.HashOf(key);
        var found = hash is null ? null : await services.GetRequiredService<FindCaller>().BySessionAsync(hash, http, cancellation);
        var browser = services.GetRequiredService<BrowserSession>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        // An unknown key is left in the browser: it may be the old one of a session that another request is just signing in.
        if (found is null)
            return false;
        if (IsOver(found, now))
        {
            await ExecuteAsync(services, "DELETE FROM session WHERE uuid = $1", cancellation, found.Uuid);
            browser.Forget(http);
            return false;
        }
        if (SessionBinding.Broken(found, FindCaller.Nobody(http).ClientIp, services.GetRequiredService<PlaceLookup>()) is { } broken)
        {
            await SessionBinding.EndAsync(http, found, broken, cancellation);
            browser.Forget(http);
            return false;
        }
        browser.Found(found.Uuid, key);
        if (found.User is { } user)
            http.SetCaller(user.Caller with { Impersonator = found.Impersonator?.Caller });
        if (now - found.LastUsed >= TouchEvery)
            await TouchAsync(http, found, key, now, cancellation);
        else if (!services.GetRequiredService<SessionCookies>().HasToken(http))
            Renew(http, found, key);
        return found.User is not null;
    }

    // An impersonated user may be inactive; the administrator behind it may not.
    static bool IsOver(FoundSession session, DateTimeOffset now) =>
        session.Expires <= now || (session.Impersonator ?? session.User) is { IsActive: false };

    static async Task TouchAsync(HttpContext http, FoundSession session, string key, DateTimeOffset now, CancellationToken cancellation)
    {
        var caller = http.Caller();
        await ExecuteAsync(
            http.RequestServices,
            "UPDATE session SET last_used = $2, expires = $3, last_ip = $4, last_user_agent = $5 WHERE uuid = $1",
            cancellation,
            session.Uuid, now, session.Ends is { } ends && ends < now + session.Lifetime ? ends : now + session.Lifetime, (object?)caller.ClientIp ?? DBNull.Value, caller.Request?.UserAgent ?? "");
        Renew(http, session, key);
    }

    static void Renew(HttpContext http, FoundSession session, string key) =>
        http.RequestServices.GetRequiredService<SessionCookies>().Write(http, key, session.Persistent ? session.Lifetime : null);

    static async Task ExecuteAsync(IServiceProvider services, string sql, CancellationToken cancellation, params object[] parameters)
    {
        await using var command = services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(new() { Value = parameter });
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
