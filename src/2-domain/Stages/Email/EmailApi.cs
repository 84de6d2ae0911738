using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Document;
using Postern.Api.Http;
using Postern.Kernel.Access;
using Postern.Mail;

namespace Postern.Stages.Email;

/// <summary>Which mail templates there are: <c>GET /api/v3/stages/email/templates/</c>.</summary>
static class EmailApi
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/v3/stages/email/templates/", async (HttpContext http, IAccess access, MailTemplates templates) =>
    {
        if (await access.RefuseAsync(http.Caller(), EmailStage.Kind.View, key: null, http.RequestAborted) is { } refusal)
            return FaultResult.Of(refusal);
        var list = new JsonArray([.. templates.Names.Select(n => (JsonNode)new JsonObject { ["name"] = n, ["description"] = n, ["component"] = "", ["model_name"] = "" })]);
        return new WireJson(writer => list.WriteTo(writer));
    })
            .Note("Lists the templates of emails.", answer: "[TypeCreate]");
}
