using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Document;
using Postern.Api.Http;
using Postern.Api.Kinds;
using Postern.Kernel;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;

namespace Postern.Rbac.Grants;

/// <summary>Doors of rights: the catalogue, and who holds what.</summary>
static class PermissionApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var permissions = routes.MapGroup("/api/v3/rbac/permissions/");
        permissions.MapGet("", CatalogueAsync)
            .Note("Lists all rights there are.", answer: "page(Permission{id:int name codename model app_label app_label_verbose model_verbose})", query: "codename? content_type__model? content_type__app_label? role:uuid? search? page:int? page_size:int?");
        permissions.MapGet("{id:int}/", One)
            .Note("Answers the right.", answer: "Permission");
        permissions.MapGet("assigned_by_roles/", AssignedAsync)
            .Note("Lists the roles that hold rights on a kind or an object.", answer: "page(RoleAssignedObjectPermission{role_pk name object_permissions:[json] model_permissions:[json]})", query: "model object_pk? page:int? page_size:int?");
        permissions.MapGet("roles/", OfRoleAsync)
            .Note("Lists the rights of a role on single objects.", answer: "page(ExtraRoleObjectPermission{id:int codename model app_label object_pk name app_label_verbose model_verbose object_description?})", query: "uuid:uuid? page:int? page_size:int?");
        permissions.MapPost("assigned_by_roles/{uuid}/assign/", AssignAsync)
            .Note("Gives rights to the role.", answer: "[PermissionAssignResult{id}]", body: "PermissionAssignRequest{permissions:[text] model? object_pk?}", id: "rbac_permissions_assigned_by_roles_assign");
        permissions.MapPatch("assigned_by_roles/{uuid}/unassign/", UnassignAsync)
            .Note("Takes rights from the role.", body: "PatchedPermissionAssignRequest{permissions:[text]? model? object_pk?}");
    }

    static async Task<IResult> CatalogueAsync(HttpContext http, PermissionCatalogue catalogue, FindGrants grants, IPageLimits limits)
    {
        if (!http.Caller().IsAuthenticated)
            return FaultResult.Of(new Fault.Unauthenticated());
        if (!(await ListParameters.ReadAsync(http.Request.Query, limits, http.RequestAborted)).Succeeded(out var request, out var malformed))
            return FaultResult.Of(malformed);
        var found = catalogue.All.AsEnumerable();
        if (Value(request, "role") is { } text)
        {
            var held = Guid.TryParse(text, CultureInfo.InvariantCulture, out var role) ? await grants.GlobalOfAsync(http.Caller(), role, http.RequestAborted) : null;
            found = found.Where(p => held?.Contains(p.Name) == true);
        }
        found = Narrow(found, Value(request, "codename"), p => p.Codename);
        found = Narrow(found, Value(request, "content_type__model"), p => p.Model);
        found = Narrow(found, Value(request, "content_type__app_label"), p => p.App);
        foreach (var term in (request.Search ?? "").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries))
            found = found.Where(p => p.Codename.Contains(term, StringComparison.OrdinalIgnoreCase) || p.Kind.Contains(term, StringComparison.OrdinalIgnoreCase) || p.Label.Contains(term, StringComparison.OrdinalIgnoreCase));
        return request.PageOf([.. found.Select(PermissionJson.Of)]).Succeeded(out var page, out var missing) ? PageEnvelope.Of(page) : FaultResult.Of(missing);
    }

    static IResult One(int id, HttpContext http, PermissionCatalogue catalogue)
    {
        if (!http.Caller().IsAuthenticated)
            return FaultResult.Of(new Fault.Unauthenticated());
        return catalogue.Find(id) is { } permission ? Json(PermissionJson.Of(permission)) : FaultResult.Of(new Fault.NotFound("Permission"));
    }

    static async Task<IResult> AssignedAsync(HttpContext http, FindGrants grants, KindRegistry kinds, IPageLimits limits)
    {
        if (!(await ListParameters.ReadAsync(http.Request.Query, limits, http.RequestAborted)).Succeeded(out var request, out var malformed))
            return FaultResult.Of(malformed);
        if (!http.Caller().IsAuthenticated)
            return FaultResult.Of(new Fault.Unauthenticated());
        if (Value(request, "model") is not { } model)
            return FaultResult.Of(Fault.Field("model", "This field is required."));
        if (kinds.Find(model) is not { } kind)
            return FaultResult.Of(Fault.Field("model", $"Select a valid choice. {model} is not one of the available choices."));
        var found = await grants.OnAsync(http.Caller(), request, kind, Value(request, "object_pk"), http.RequestAborted);
        return found.Succeeded(out var page, out var fault) ? PageEnvelope.Of(page) : FaultResult.Of(fault);
    }

    static async Task<IResult> OfRoleAsync(HttpContext http, FindGrants grants, IPageLimits limits)
    {
        if (!(await ListParameters.ReadAsync(http.Request.Query, limits, http.RequestAborted)).Succeeded(out var request, out var malformed))
            return FaultResult.Of(malformed);
        Guid? role = null;
        if (Value(request, "uuid") is { } text)
        {
            if (!Guid.TryParse(text, CultureInfo.InvariantCulture, out var uuid))
                return FaultResult.Of(Fault.Field("uuid", "Enter a valid UUID."));
            role = uuid;
        }
        var found = await grants.OfAsync(http.Caller(), request, role, http.RequestAborted);
        return found.Succeeded(out var page, out var fault) ? PageEnvelope.Of(page) : FaultResult.Of(fault);
    }

    static async Task<IResult> AssignAsync(string uuid, HttpContext http, AssignPermissions assign, PermissionCatalogue catalogue, KindRegistry kinds)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http.Request, http.RequestAborted);
        if (unreadable is not null)
            return unreadable;
        if (!AssignRequest.Read(body, catalogue, kinds).Succeeded(out var request, out var malformed))
            return FaultResult.Of(http.Caller().IsAuthenticated ? malformed : new Fault.Unauthenticated());
        var outcome = await assign.AssignAsync(http.Caller(), uuid, request, http.RequestAborted);
        return outcome.Succeeded(out var grants, out var fault)
            ? Json(new JsonArray([.. grants.Select(id => (JsonNode)new JsonObject { ["id"] = id.ToString(CultureInfo.InvariantCulture) })]))
            : FaultResult.Of(fault);
    }

    static async Task<IResult> UnassignAsync(string uuid, HttpContext http, AssignPermissions assign, PermissionCatalogue catalogue, KindRegistry kinds)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http.Request, http.RequestAborted);
        if (unreadable is not null)
            return unreadable;
        if (!AssignRequest.Read(body, catalogue, kinds).Succeeded(out var request, out var malformed))
            return FaultResult.Of(http.Caller().IsAuthenticated ? malformed : new Fault.Unauthenticated());
        var outcome = await assign.UnassignAsync(http.Caller(), uuid, request, http.RequestAborted);
        return outcome.Fault is { } fault ? FaultResult.Of(fault) : TypedResults.NoContent();
    }

    static string? Value(ListRequest request, string name) => request.Filters.TryGetValue(name, out var values) ? values.LastOrDefault(v => v.Length > 0) : null;

    static IEnumerable<CataloguePermission> Narrow(IEnumerable<CataloguePermission> all, string? value, Func<CataloguePermission, string> of) =>
        value is null ? all : all.Where(p => string.Equals(of(p), value, StringComparison.Ordinal));

    static WireJson Json(JsonNode node) => new(writer => node.WriteTo(writer));
}
