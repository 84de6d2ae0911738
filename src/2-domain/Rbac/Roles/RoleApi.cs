using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Document;
using Postern.Api.Http;
using Postern.Kernel;

namespace Postern.Rbac.Roles;

/// <summary>Doors of roles beyond CRUD.</summary>
static class RoleApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var roles = routes.MapGroup("/api/v3/rbac/roles/");
        roles.MapPost("{lookup}/add_user/", (string lookup, HttpContext http, ChangeRoleMembers members) =>
            ChangeAsync(http, user => members.AddAsync(http.Caller(), lookup, user, http.RequestAborted)))
            .Note("Gives the role to a user.", body: "UserAccountSerializerForRoleRequest{pk:int}");
        roles.MapPost("{lookup}/remove_user/", (string lookup, HttpContext http, ChangeRoleMembers members) =>
            ChangeAsync(http, user => members.RemoveAsync(http.Caller(), lookup, user, http.RequestAborted)))
            .Note("Takes the role from a user.", body: "UserAccountSerializerForRoleRequest{pk:int}");
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
