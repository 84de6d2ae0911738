using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Document;
using Postern.Api.Http;
using Postern.Api.Kinds;
using Postern.Directory.Users;
using Postern.Kernel;
using Postern.Storage;
using Postern.Storage.Kinds;

namespace Postern.Directory.RecycleBin;

/// <summary>Doors of the recycle bin.</summary>
static class BinApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v3/core/users/recycle_bin/", ListAsync)
            .Note("Lists the users in the recycle bin.", answer: "page(authentik_core.user)", query: "page:int? page_size:int? search?");
        routes.MapPost("/api/v3/core/users/{id}/recycle/", async (HttpContext http, string id, BinUsers bin) => Answer(await bin.PutAsync(http.Caller(), id, http.RequestAborted)))
            .Note("Puts the user into the recycle bin.");
        routes.MapPost("/api/v3/core/users/recycle_bin/{id}/restore/", async (HttpContext http, string id, BinUsers bin) => Answer(Number(id, out var pk) ? await bin.RestoreAsync(http.Caller(), pk, http.RequestAborted) : Missing()))
            .Note("Takes the user out of the recycle bin.");
        routes.MapDelete("/api/v3/core/users/recycle_bin/{id}/", async (HttpContext http, string id, BinUsers bin) => Answer(Number(id, out var pk) ? await bin.PurgeAsync(http.Caller(), pk, http.RequestAborted) : Missing()))
            .Note("Deletes the user in the recycle bin for good.");
    }

    static async Task<IResult> ListAsync(HttpContext http, BinUsers bin, IPageLimits limits, PosternDb db)
    {
        if (!(await ListParameters.ReadAsync(http.Request.Query, limits, http.RequestAborted)).Succeeded(out var request, out var malformed))
            return FaultResult.Of(malformed);
        if (!(await bin.ListAsync(http.Caller(), request, http.RequestAborted)).Succeeded(out var page, out var refusal))
            return FaultResult.Of(refusal);
        return PageEnvelope.Of(page, await Rendered.PageAsync(UserKind.Kind, page.Items, new LoadContext(db, http.Caller(), http.RequestServices, http.RequestAborted)));
    }

    static IResult Answer(Result<Unit> outcome) => outcome.Fault is { } fault ? FaultResult.Of(fault) : TypedResults.NoContent();

    static Result<Unit> Missing() => new Fault.NotFound(UserKind.Kind.Label);

    static bool Number(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
