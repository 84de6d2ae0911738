using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Postern.Api.Http;
using Postern.Invitations.Bulk;
using Postern.Storage;
using Postern.Storage.Kinds;

namespace Postern.Web.Admin.Invitations;

/// <summary>The wrong rows of a batch, as the API tells them.</summary>
static class ReadProblems
{
    public static async Task<IReadOnlyList<JsonObject>> ExecuteAsync(HttpContext http, InvitationBatch batch)
    {
        var context = new LoadContext(http.RequestServices.GetRequiredService<PosternDb>(), http.Caller(), http.RequestServices, http.RequestAborted);
        var json = (await Rendered.OneAsync(InvitationBatchKind.Kind, batch, context)).ToNode();
        return [.. json["problems"]!.AsArray().OfType<JsonObject>()];
    }
}
