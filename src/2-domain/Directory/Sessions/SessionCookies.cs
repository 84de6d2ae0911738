using Microsoft.AspNetCore.Http;
using Postern.Kernel.Settings;

namespace Postern.Directory.Sessions;

/// <summary>The two cookies of a session: the key, which scripts cannot read, and the token that they repeat in a header.</summary>
public sealed class SessionCookies(PosternSettings settings)
{
    public const string Session = "authentik_session";
    public const string Csrf = "authentik_csrf";

    /// <summary>Sends both; with <paramref name="lifetime"/> they outlive the browser.</summary>
    public void Write(HttpContext http, string key, TimeSpan? lifetime)
    {
        http.Response.Cookies.Append(Session, key, Options(http, lifetime, httpOnly: true));
        http.Response.Cookies.Append(Csrf, SessionKey.CsrfToken(key), Options(http, lifetime, httpOnly: false));
    }

    public void Clear(HttpContext http)
    {
        http.Response.Cookies.Delete(Session, Options(http, lifetime: null, httpOnly: true));
        http.Response.Cookies.Delete(Csrf, Options(http, lifetime: null, httpOnly: false));
    }

    CookieOptions Options(HttpContext http, TimeSpan? lifetime, bool httpOnly) => new()
    {
        Path = "/",
        Domain = settings.CookieDomain,
        HttpOnly = httpOnly,
        Secure = http.Request.IsHttps,
        SameSite = SameSiteMode.Lax,
        MaxAge = lifetime,
        IsEssential = true,
    };
}
