using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Postern.OAuth2.Http;

/// <summary>Answers to programs: JSON that nobody may keep (RFC 6749 section 5.1).</summary>
static class OAuthJson
{
    public static IResult Result(HttpContext http, JsonObject body, int status = StatusCodes.Status200OK)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.Pragma = "no-cache";
        return Results.Text(body.ToJsonString(), "application/json", Encoding.UTF8, status);
    }
}
