using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Enterprise;

/// <summary>Every address that writes, taken from the running server, and which of these stay open in read-only mode.</summary>
static partial class ReadOnlyTable
{
    static readonly string[] Open =
    [
        "/api/v3/enterprise/license/", "/api/v3/flows/executor/", "/api/v3/core/users/", "/api/v3/core/authenticated_sessions/", "/api/v3/core/user_consent/", "/api/v3/authenticators/",
        "/api/v3/oauth2/", "/api/v3/events/notifications/", "/if/admin/enterprise/licenses/", "/if/admin/directory/users/", "/if/admin/directory/sessions/",
    ];

    /// <summary>What adds users, by POST.</summary>
    static readonly string[] Adding =
    [
        "/api/v3/core/users/", "/api/v3/core/users/service_account/", "/api/v3/core/users/import/", "/if/admin/directory/users/new/", "/if/admin/directory/users/service-account/",
        "/if/admin/directory/users/import/",
    ];

    /// <summary>Method and address of every door that is no mere look.</summary>
    public static IReadOnlyList<(string Method, string Address)> Doors(TestServer server) =>
    [
        .. server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(e => (e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []).Select(m => (m, Placeholder().Replace("/" + e.RoutePattern.RawText!.TrimStart('/'), "none"))))
            .Where(d => d.m is "POST" or "PUT" or "PATCH" or "DELETE").Distinct(),
    ];

    public static bool StaysOpen(string method, string address) =>
        address.StartsWith("/api/v3/", StringComparison.Ordinal) || address.StartsWith("/if/admin/", StringComparison.Ordinal)
            ? Open.Any(o => address.StartsWith(o, StringComparison.Ordinal)) && !(method is "POST" && Adding.Contains(address, StringComparer.Ordinal))
            : address is not "/application/o/none/register/";

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
