using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Kernel;

namespace Postern.Api.Http;

/// <summary>Nobody reaches a door of the API without credentials, unless the door allows anonymous callers; use cases still check rights.</summary>
public sealed class SignedInOnly : IRequestStep
{
    public int Order => 300;

    public void Use(IApplicationBuilder app) => app.Use((http, next) =>
        http.Request.Path.StartsWithSegments("/api/v3", StringComparison.Ordinal) && http.GetEndpoint() is { } door && IsClosed(http, door)
            ? FaultResult.Of(new Fault.Unauthenticated()).ExecuteAsync(http)
            : next(http));

    // What routing answers by itself (405) has no list of methods, and tells nothing.
    static bool IsClosed(HttpContext http, Endpoint door) =>
        !http.Caller().IsAuthenticated && door.Metadata.GetMetadata<IAllowAnonymous>() is null && door.Metadata.GetMetadata<HttpMethodMetadata>() is not null;
}
