using System.Text.Json.Nodes;
using Postern.Api.Http;
using Postern.Directory.Users;
using Postern.Pages.Forms;
using Postern.Rbac.Grants;
using Postern.Rbac.Roles;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;

namespace Postern.Web.Admin.Tabs;

/// <summary>Which roles hold rights on an object.</summary>
abstract class PermissionsTab(ObjectQuery objects, FindGrants grants, PermissionCatalogue catalogue) : IObjectTab
{
    const int Most = 200;

    public abstract ModelKind Kind { get; }

    public string Name => "Permissions";

    public int Order => 100;

    public async Task<TabContent> ShowAsync(TabRequest request)
    {
        var http = request.Http;
        var page = await grants.OnAsync(http.Caller(), new ListRequest { PageSize = Most }, Kind, request.Key, http.RequestAborted);
        var roles = await objects.ListAsync(RoleKind.Kind, http.Caller(), new ListRequest { PageSize = Most }, http.RequestAborted);
        List<JsonObject> holders = page.Fault is null ? [.. page.Value.Items.Cast<JsonObject>()] : [];
        return TabContent.Of<ObjectPermissions>(new
        {
            Rows = (IReadOnlyList<RelatedRow>)[.. holders.SelectMany(Rows)],
            Global = (IReadOnlyList<RelatedRow>)[.. holders.SelectMany(GlobalRows)],
            Empty = page.Fault is null ? "No role holds a right on this object alone" : "You may not see roles",
            Roles = (IReadOnlyList<Option>)(roles.Fault is not null ? [] : [.. roles.Value.Items.Cast<Role>().Select(r => new Option(r.Pk.ToString(), r.Name))]),
            Permissions = (IReadOnlyList<Option>)[.. catalogue.All.Where(p => string.Equals(p.Kind, Kind.Name, StringComparison.Ordinal) && !p.Codename.StartsWith("add_" + p.Model, StringComparison.Ordinal)).Select(p => new Option(p.Name, p.Label))],
            request.Url,
        });
    }

    static IEnumerable<RelatedRow> Rows(JsonObject holder) => holder["object_permissions"]!.AsArray().Select(p =>
        new RelatedRow($"{holder["role_pk"]} {p!["app_label"]}.{p["codename"]}", RoleUrl(holder), holder["name"]!.ToString(), p["name"]!.ToString()));

    static IEnumerable<RelatedRow> GlobalRows(JsonObject holder) => holder["model_permissions"]!.AsArray().Select(p =>
        new RelatedRow("", RoleUrl(holder), holder["name"]!.ToString(), p!["name"]!.ToString()));

    static string RoleUrl(JsonObject holder) => $"/if/admin/directory/roles/{holder["role_pk"]}/";
}

/// <summary>Which roles hold rights on a user.</summary>
sealed class UserPermissionsTab(ObjectQuery objects, FindGrants grants, PermissionCatalogue catalogue) : PermissionsTab(objects, grants, catalogue)
{
    public override ModelKind Kind => UserKind.Kind;
}
