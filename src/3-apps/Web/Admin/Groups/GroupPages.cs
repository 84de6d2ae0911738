using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Http;
using Postern.Directory.Groups;
using Postern.Kernel;
using Postern.Pages;
using Postern.Rbac.Roles;
using Postern.Web.Admin.Users;
using Postern.Web.Shared;

namespace Postern.Web.Admin.Groups;

/// <summary>Takes people out of groups and roles from the page of the group or role.</summary>
static class GroupPages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPost("directory/groups/{lookup}/users/remove/", async (HttpContext http, string lookup, ChangeMembers members, ShellFactory shells) =>
            await DoneAsync(http, "groups", lookup, user => members.RemoveAsync(http.Caller(), lookup, user, http.RequestAborted), shells));
        pages.MapPost("directory/roles/{lookup}/users/remove/", async (HttpContext http, string lookup, ChangeRoleMembers members, ShellFactory shells) =>
            await DoneAsync(http, "roles", lookup, user => members.RemoveAsync(http.Caller(), lookup, user, http.RequestAborted), shells));
    }

    static async Task<IResult> DoneAsync(HttpContext http, string noun, string lookup, Func<int, Task<Result<Unit>>> remove, ShellFactory shells)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var outcome = int.TryParse(form["key"], NumberStyles.None, CultureInfo.InvariantCulture, out var user) ? await remove(user) : new Fault.NotFound("User");
        return await UserActionPages.DoneAsync(http, outcome, $"/if/admin/directory/{noun}/{Uri.EscapeDataString(lookup)}/?tab=users", "Removed.", shells);
    }
}
