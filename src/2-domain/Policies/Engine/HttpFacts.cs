using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Postern.Policies.Engine;

/// <summary>The parts of an HTTP request that policies and expressions may see, copied so that nothing can be done to the request itself.</summary>
public sealed record HttpFacts
{
    public string Id { get; init; } = "";

    public string Method { get; init; } = "GET";

    public string Path { get; init; } = "/";

    public IReadOnlyDictionary<string, IReadOnlyList<string>> Query { get; init; } = None;

    /// <summary>Form fields, when the request's form was read already.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Form { get; init; } = None;

    /// <summary>Headers by name, whatever its case; without cookies and credentials.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Cookies except the product's own.</summary>
    public IReadOnlyDictionary<string, string> Cookies { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public string Host { get; init; } = "";

    public bool IsSecure { get; init; }

    /// <summary>Address of the client, after trusted proxies.</summary>
    public IPAddress? ClientIp { get; init; }

    /// <summary>The whole address of the request.</summary>
    public string Url { get; init; } = "";

    /// <summary>Copies a request; <paramref name="clientIp"/> is what trusted proxies said.</summary>
    public static HttpFacts Of(HttpContext http, IPAddress? clientIp) => new()
    {
        Id = http.TraceIdentifier,
        Method = http.Request.Method,
        Path = http.Request.PathBase.Add(http.Request.Path).Value ?? "/",
        Query = Lists(http.Request.Query),
        Form = http.Features.Get<Microsoft.AspNetCore.Http.Features.IFormFeature>()?.Form is { } form ? Lists(form) : None,
        Headers = http.Request.Headers.Where(h => !IsSecret(h.Key)).ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
        Cookies = http.Request.Cookies.Where(c => !IsOwn(c.Key)).ToDictionary(c => c.Key, c => c.Value, StringComparer.Ordinal),
        Host = http.Request.Host.Value ?? "",
        IsSecure = http.Request.IsHttps,
        ClientIp = clientIp ?? http.Connection.RemoteIpAddress,
        Url = http.Request.GetEncodedUrl(),
    };

    static bool IsSecret(string header) =>
        header.Equals("Cookie", StringComparison.OrdinalIgnoreCase) || header.Equals("Authorization", StringComparison.OrdinalIgnoreCase);

    static bool IsOwn(string cookie) =>
        cookie.StartsWith("postern", StringComparison.OrdinalIgnoreCase) || cookie.StartsWith("authentik_", StringComparison.OrdinalIgnoreCase);

    static Dictionary<string, IReadOnlyList<string>> Lists(IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>> values) =>
        values.ToDictionary(v => v.Key, v => (IReadOnlyList<string>)[.. v.Value.OfType<string>()], StringComparer.Ordinal);

    static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> None = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
}
