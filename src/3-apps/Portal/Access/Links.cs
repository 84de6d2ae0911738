using Postern.Portal.Hosting;

namespace Postern.Portal.Access;

/// <summary>Absolute addresses of this portal: from the configured one, else from the request's.</summary>
sealed class Links(PortalSettings settings)
{
    public string To(HttpContext http, string path) => (settings.BaseUrl?.ToString().TrimEnd('/') ?? $"{http.Request.Scheme}://{http.Request.Host}") + path;

    /// <summary>For mails that no request asks for.</summary>
    public string To(string path) => (settings.BaseUrl?.ToString().TrimEnd('/') ?? $"http://localhost:{(settings.ListenHttp is [var first, ..] ? first.Port : 9100)}") + path;
}
