using System.Globalization;
using Postern.Api.Http;
using Postern.Directory.Users;
using Postern.Rbac.Grants;
using Postern.Rbac.Roles;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;
using Postern.Web.Admin.Tabs;

namespace Postern.Web.Admin.Groups;

/// <summary>The users who were given a role directly.</summary>
sealed class RoleMembersTab(ObjectQuery objects) : IObjectTab
{
    const int PageSize = 20;
    static readonly string[] columns = ["User", "Name"];

    public ModelKind Kind => RoleKind.Kind;

    public string Name => "Users";

    public int Order => 20;

    public async Task<TabContent> ShowAsync(TabRequest request)
    {
        var http = request.Http;
        var list = new ListRequest
        {
            PageSize = PageSize,
            Page = request.Page,
            Filters = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["roles_by_pk"] = [request.Key] },
        };
        var page = await objects.ListAsync(UserKind.Kind, http.Caller(), list, http.RequestAborted);
        var found = page.Fault is null ? page.Value : new ObjectPage([], 0, 1, PageSize);
        return TabContent.Of<RelatedList>(new
        {
            Title = "Users",
            Description = "Users with this role of their own. Others may have it through a group.",
            Columns = columns,
            Rows = (IReadOnlyList<RelatedRow>)[.. found.Items.Cast<Directory.Users.User>().Select(u => Row(u.Pk.ToString(CultureInfo.InvariantCulture), u))],
            Empty = page.Fault is null ? "Nobody has this role directly" : "You may not see users",
            Icon = "users",
            RemoveAction = $"{request.Url}users/remove/",
            Page = found.Page,
            Pages = found.TotalPages,
            PageUrl = (Func<int, string>)(p => $"{request.Url}?tab=users&page={p}"),
        });
    }

    static RelatedRow Row(string key, Directory.Users.User user) => new(key, $"/if/admin/directory/users/{key}/", user.Username, user.Name);
}

/// <summary>What a role may do: everywhere, and on single objects.</summary>
sealed class RoleRightsTab(FindGrants grants, PermissionCatalogue catalogue) : IObjectTab
{
    const int Most = 200;
    static readonly string[] columns = ["Permission", "On"];

    public ModelKind Kind => RoleKind.Kind;

    public string Name => "Assigned permissions";

    public int Order => 30;

    public async Task<TabContent> ShowAsync(TabRequest request)
    {
        var http = request.Http;
        var role = Guid.Parse(request.Key);
        var everywhere = await grants.GlobalOfAsync(http.Caller(), role, http.RequestAborted) ?? new HashSet<string>(StringComparer.Ordinal);
        var single = await grants.OfAsync(http.Caller(), new ListRequest { PageSize = Most }, role, http.RequestAborted);
        return TabContent.Of<RelatedList>(new
        {
            Title = "Assigned permissions",
            Description = "What this role may do: on everything of a kind, or on one object.",
            Columns = columns,
            Rows = (IReadOnlyList<RelatedRow>)
            [
                .. everywhere.Select(catalogue.Find).OfType<CataloguePermission>().OrderBy(p => p.Label, StringComparer.Ordinal).Select(p => new RelatedRow(p.Name, null, p.Label, "Everything")),
                .. single.Fault is not null ? [] : single.Value.Items.Cast<System.Text.Json.Nodes.JsonObject>().Select(p =>
                    new RelatedRow("", null, p["name"]!.ToString(), $"{p["model_verbose"]} {p["object_description"] ?? p["object_pk"]}")),
            ],
            Empty = "This role may do nothing",
            Icon = "shield",
        });
    }
}

/// <summary>Which roles hold rights on a role.</summary>
sealed class RolePermissionsTab(ObjectQuery objects, FindGrants grants, PermissionCatalogue catalogue) : PermissionsTab(objects, grants, catalogue)
{
    public override ModelKind Kind => RoleKind.Kind;
}
