using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Postern.Pages.Static;

/// <summary>Serves the standard logo, icon and background, to which every brand and flow points until told otherwise.</summary>
static class FixedFileEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapMethods($"{Asset.Root}assets/{{**path}}", [HttpMethods.Get, HttpMethods.Head], Serve).AllowAnonymous();

    static IResult Serve(string path, HttpResponse response)
    {
        if (!FixedFile.All.TryGetValue(path, out var file))
            return Results.NotFound();
        response.Headers.CacheControl = "public, max-age=86400";
        response.Headers.XContentTypeOptions = "nosniff";
        return Results.Bytes(file.Content, file.ContentType, entityTag: new EntityTagHeaderValue(file.ETag));
    }
}
