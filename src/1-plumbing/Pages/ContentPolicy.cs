using Microsoft.AspNetCore.Http;

namespace Postern.Pages;

/// <summary>What a browser may load and do on our pages (Content Security Policy Level 3). Nothing inline, nothing from elsewhere but pictures.</summary>
public static class ContentPolicy
{
    const string Ground = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; img-src 'self' data: https:; " +
        "manifest-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'";

    /// <summary>Administration and user pages: forms stay on this host.</summary>
    public const string Console = Ground + "; form-action 'self'; frame-src 'self'";

    /// <summary>Flow pages: a form may end at an application (browsers check redirects too), and a background may be another page.</summary>
    public const string Flow = Ground + "; frame-src 'self' https:";

    /// <summary>Flow pages with frames of these sites, and of no other.</summary>
    public static string Framing(IEnumerable<string> addresses)
    {
        var sites = addresses.Select(a => Uri.TryCreate(a, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri.GetLeftPart(UriPartial.Authority) : null);
        return $"{Ground}; frame-src {string.Join(' ', sites.OfType<string>().Distinct(StringComparer.Ordinal).Prepend("'self'"))}";
    }

    /// <summary>Pages whose forms may also end at these sites (browsers check redirects too).</summary>
    public static string Posting(IEnumerable<string> sites) => $"{Ground}; frame-src 'self'; form-action 'self' {string.Join(' ', sites)}";

    /// <summary>In place of the policy that every answer has, under which nothing is loaded and nobody frames it.</summary>
    public static void Apply(HttpResponse response, string policy)
    {
        response.Headers.ContentSecurityPolicy = policy;
        if (policy.Contains("frame-ancestors 'self'", StringComparison.Ordinal))
            response.Headers.XFrameOptions = "SAMEORIGIN";
    }
}
