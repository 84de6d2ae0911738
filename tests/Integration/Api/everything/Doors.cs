using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Everything;

/// <summary>Every operation of the API, from the table of routes.</summary>
static partial class Doors
{
    public static IReadOnlyList<Door> Of(TestServer server) =>
    [
        .. from endpoint in server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
           let path = "/" + endpoint.RoutePattern.RawText!.TrimStart('/')
           where path.StartsWith("/api/v3/", StringComparison.Ordinal) && endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is null
           from method in endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
           select new Door(method, Constraint().Replace(path["/api/v3/".Length..], "}"), endpoint),
    ];

    [GeneratedRegex(@":[^}]*\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Constraint();
}

/// <summary>One operation; the path begins below <c>/api/v3/</c>.</summary>
sealed record Door(string Method, string Path, RouteEndpoint Endpoint)
{
    /// <summary>A value that the route lets through and that leads to nothing.</summary>
    public string Nothing => Endpoint.RoutePattern.ParameterPolicies.Values.SelectMany(p => p).Select(p => p.Content).FirstOrDefault() switch
    {
        "guid" => Guid.Empty.ToString(),
        "int" => "0",
        _ => "none",
    };

    public override string ToString() => $"{Method} {Path}";
}
