using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Http;
using Postern.Kernel;
using Postern.Pages;
using Postern.Rbac.Grants;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;
using Postern.Web.Admin.Users;
using Postern.Web.Shared;

namespace Postern.Web.Admin.Tabs;

/// <summary>Gives roles rights on one object and takes them away.</summary>
static class PermissionPages
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapPost("{group}/{noun}/{lookup}/permissions/{verb}/", ChangeAsync);

    static async Task<IResult> ChangeAsync(
        HttpContext http, string group, string noun, string lookup, string verb, Sections sections, ObjectQuery objects, PermissionCatalogue catalogue, KindRegistry kinds, AssignPermissions assign, ShellFactory shells)
    {
        if (sections.Find($"{group}/{noun}") is not { } section || verb is not ("add" or "remove"))
            return await ConsolePages.ProblemAsync(http, "There is no such page.", StatusCodes.Status404NotFound);
        var found = await objects.FindAsync(section.Kind, http.Caller(), lookup, tracked: false, http.RequestAborted);
        if (found.Fault is { } missing)
            return await ConsolePages.ProblemAsync(http, missing.Message, ConsolePages.StatusOf(missing));
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (role, permission) = verb is "add" ? (form["role"].ToString(), form["permission"].ToString()) : Split(form["key"].ToString());
        var body = JsonSerializer.SerializeToElement(new { permissions = new[] { permission }, model = section.Kind.Name, object_pk = section.Kind.KeyOf(found.Value) });
        var request = AssignRequest.Read(body, catalogue, kinds);
        var outcome = request.Fault is { } malformed ? malformed
            : verb is "add" ? (await assign.AssignAsync(http.Caller(), role, request.Value, http.RequestAborted)).Then(_ => Unit.Value)
            : await assign.UnassignAsync(http.Caller(), role, request.Value, http.RequestAborted);
        return await UserActionPages.DoneAsync(http, outcome, $"{section.UrlOf(found.Value)}?tab=permissions", verb is "add" ? "Permission assigned." : "Permission removed.", shells);
    }

    static (string Role, string Permission) Split(string key) => key.Split(' ', 2) is [var role, var permission] ? (role, permission) : ("", "");
}
