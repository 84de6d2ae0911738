using System.Net;

namespace Postern.Tests.Support.Servers;

/// <summary>Repeats the session's token in a header, as the product's own scripts do.</summary>
sealed class CsrfHandler(CookieContainer cookies, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri is { } address && cookies.GetCookies(address)["authentik_csrf"] is { } token)
            request.Headers.Add("X-authentik-CSRF", token.Value);
        return base.SendAsync(request, cancellationToken);
    }
}
