using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Postern.Kernel;

namespace Postern.Directory.Sessions;

/// <summary>Unsafe calls that a session authenticates must repeat the session's token, which other sites cannot read.</summary>
public static class CsrfCheck
{
    /// <summary>Header of API calls.</summary>
    public const string Header = "X-authentik-CSRF";

    /// <summary>What is wrong with an API call; null when nothing is.</summary>
    internal static Fault? Refusal(HttpContext http)
    {
        var method = http.Request.Method;
        if (HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method))
            return null;
        if (!http.RequestServices.GetRequiredService<SessionCookies>().HasToken(http))
            return Failed("CSRF cookie not set.");
        if (http.Request.Headers[Header].ToString() is not { Length: > 0 } given)
            return Failed("CSRF token missing.");
        return Fits(http, given) ? null : Failed($"CSRF token from the '{Header}' HTTP header incorrect.");
    }

    /// <summary>Whether a text is the token of the request's session; for forms of pages.</summary>
    public static bool Fits(HttpContext http, string given) =>
        http.RequestServices.GetRequiredService<BrowserSession>().CsrfToken is { } token
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(given));

    static Fault.Forbidden Failed(string reason) => new($"CSRF Failed: {reason}");
}
