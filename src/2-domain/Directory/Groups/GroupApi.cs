using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Document;
using Postern.Api.Http;
using Postern.Kernel;

namespace Postern.Directory.Groups;

/// <summary>Doors of groups beyond CRUD.</summary>
static class GroupApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var groups = routes.MapGroup("/api/v3/core/groups/");
        groups.MapPost("{lookup}/add_user/", (string lookup, HttpContext http, ChangeMembers members) =>
            ChangeAsync(http, user => members.AddAsync(http.Caller(), lookup, user, http.RequestAborted)))
            .Note("Puts a user into the group.", body: "UserAccountRequest{pk:int}");
        groups.MapPost("{lookup}/remove_user/", (string lookup, HttpContext http, ChangeMembers members) =>
            ChangeAsync(http, user => members.RemoveAsync(http.Caller(), lookup, user, http.RequestAborted)))
            .Note("Takes a user out of the group.", body: "UserAccountRequest{pk:int}");
    }

    static async Task<IResult> ChangeAsync(HttpContext http, Func<int, Task<Result<Unit>>> change)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http.Request, http.RequestAborted);
        if (unreadable is not null)
            return unreadable;
        if (!body.Number("pk").Succeeded(out var user, out var malformed))
            return FaultResult.Of(malformed);
        var outcome = await change(user);
        return outcome.Fault is { } fault ? FaultResult.Of(fault) : TypedResults.NoContent();
    }
}
