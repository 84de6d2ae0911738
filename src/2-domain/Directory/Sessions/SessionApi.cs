using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Document;
using Postern.Api.Http;
using Postern.Kernel;

namespace Postern.Directory.Sessions;

/// <summary>Doors of sessions beyond CRUD.</summary>
static class SessionApi
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapDelete("/api/v3/core/authenticated_sessions/bulk_delete/", BulkDeleteAsync)
            .Note("Signs users out everywhere.", answer: "BulkDeleteSessionResponse{deleted:int}", query: "user_pks:[int]");

    static async Task<IResult> BulkDeleteAsync(HttpContext http, RevokeSessions revoke)
    {
        var given = http.Request.Query["user_pks"];
        if (given.Count == 0)
            return FaultResult.Of(Fault.Field("user_pks", "This field is required."));
        var users = new List<int>();
        foreach (var text in given)
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var pk))
                return FaultResult.Of(Fault.Field("user_pks", "A valid integer is required."));
            users.Add(pk);
        }
        if (!(await revoke.ExecuteAsync(http.Caller(), users, http.RequestAborted)).Succeeded(out var deleted, out var refusal))
            return FaultResult.Of(refusal);
        return new WireJson(writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("deleted", deleted);
            writer.WriteEndObject();
        });
    }
}
