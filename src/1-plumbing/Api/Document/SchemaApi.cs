using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Http;

namespace Postern.Api.Document;

/// <summary>Serves the API document to whoever asks: <c>GET /api/v3/schema/</c>. JSON is YAML as well (YAML 1.2, section 1.3), so both formats are one text.</summary>
public static class SchemaApi
{
    public static void MapDocument(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v3/schema/", (HttpContext http, ApiDocument document) => new WireJson(writer => document.Json.WriteTo(writer)))
            .Note("Answers this document.", answer: "json", query: "format? lang?")
            .AllowAnonymous();
}
