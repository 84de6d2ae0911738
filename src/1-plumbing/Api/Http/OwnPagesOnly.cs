using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Postern.Kernel;

namespace Postern.Api.Http;

/// <summary>
/// What changes something is taken from programs and from this site's own pages, not from pages of other sites, whatever cookies these make a browser send. Browsers say where a request comes from:
/// by Fetch Metadata, older ones by its origin.
/// </summary>
public sealed class OwnPagesOnly : IRequestStep
{
    public int Order => 110;

    public void Use(IApplicationBuilder app) => app.Use(static (http, next) =>
        ForeignPage(http.Request) is { } page && http.GetEndpoint()?.Metadata.GetMetadata<OtherSites>() is null
            ? FaultResult.Of(new Fault.Forbidden($"CSRF Failed: Origin checking failed - {page} does not match any trusted origins.")).ExecuteAsync(http)
            : next(http));

    static string? ForeignPage(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method) || HttpMethods.IsTrace(request.Method))
            return null;
        var (origin, relation) = (request.Headers.Origin.ToString(), request.Headers["Sec-Fetch-Site"].ToString());
        var isOwn = relation.Length > 0
            ? relation is "same-origin" or "none"
            : origin.Length == 0 || string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
        return isOwn ? null : origin.Length > 0 ? origin : "another site";
    }
}

/// <summary>Marks doors that pages of other sites may post to: those of protocols, which prove by themselves who is asking.</summary>
public sealed class OtherSites
{
    public static readonly OtherSites May = new();
}
