using Microsoft.AspNetCore.Http;

namespace Postern.Api.Http;

/// <summary>
/// Our cookies: for this host alone unless a domain is set, over TLS only where the request came over it, and there under a name that neither another host nor plain HTTP can set
/// (<c>__Host-</c>, RFC 6265bis section 4.1.3.2).
/// </summary>
public static class OwnCookie
{
    const string HostPrefix = "__Host-";

    public static string? Read(HttpContext http, string name, string? domain = null) => http.Request.Cookies[NameOf(http, name, domain)];

    /// <summary>Sends it; without <paramref name="lifetime"/> it ends with the browser.</summary>
    public static void Write(HttpContext http, string name, string value, TimeSpan? lifetime = null, string? domain = null, bool httpOnly = true) =>
        http.Response.Cookies.Append(NameOf(http, name, domain), value, Options(http, domain, httpOnly, lifetime));

    public static void Delete(HttpContext http, string name, string? domain = null) => http.Response.Cookies.Delete(NameOf(http, name, domain), Options(http, domain, httpOnly: true, lifetime: null));

    static string NameOf(HttpContext http, string name, string? domain) => http.Request.IsHttps && domain is null ? HostPrefix + name : name;

    static CookieOptions Options(HttpContext http, string? domain, bool httpOnly, TimeSpan? lifetime) => new()
    {
        Path = "/",
        Domain = domain,
        HttpOnly = httpOnly,
        Secure = http.Request.IsHttps,
        SameSite = SameSiteMode.Lax,
        MaxAge = lifetime,
        IsEssential = true,
    };
}
