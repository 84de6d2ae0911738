using Microsoft.AspNetCore.Http;
using Postern.Api.Http;
using Postern.Kernel.Settings;

namespace Postern.Directory.Sessions;

/// <summary>The two cookies of a session: the key, which scripts cannot read, and the token that they repeat in a header.</summary>
public sealed class SessionCookies(PosternSettings settings)
{
    const string Session = "authentik_session";
    const string Csrf = "authentik_csrf";

    /// <summary>The key that the browser shows; null for none.</summary>
    public string? Key(HttpContext http) => OwnCookie.Read(http, Session, settings.CookieDomain) is { Length: > 0 } key ? key : null;

    public bool HasToken(HttpContext http) => OwnCookie.Read(http, Csrf, settings.CookieDomain) is not null;

    /// <summary>Sends both; with <paramref name="lifetime"/> they outlive the browser.</summary>
    public void Write(HttpContext http, string key, TimeSpan? lifetime)
    {
        OwnCookie.Write(http, Session, key, lifetime, settings.CookieDomain);
        OwnCookie.Write(http, Csrf, SessionKey.CsrfToken(key), lifetime, settings.CookieDomain, httpOnly: false);
    }

    public void Clear(HttpContext http)
    {
        OwnCookie.Delete(http, Session, settings.CookieDomain);
        OwnCookie.Delete(http, Csrf, settings.CookieDomain);
    }
}
