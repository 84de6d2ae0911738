using System.Globalization;
using Postern.Api.Http;
using Postern.Directory.Groups;
using Postern.Directory.Users;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;
using Postern.Web.Admin.Tabs;

namespace Postern.Web.Admin.Groups;

/// <summary>The direct members of a group.</summary>
sealed class GroupMembersTab(ObjectQuery objects) : IObjectTab
{
    const int PageSize = 20;
    static readonly string[] columns = ["User", "Name", "State"];

    public ModelKind Kind => GroupKind.Kind;

    public string Name => "Users";

    public int Order => 20;

    public async Task<TabContent> ShowAsync(TabRequest request)
    {
        var http = request.Http;
        var list = new ListRequest
        {
            PageSize = PageSize,
            Page = request.Page,
            Filters = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["groups_by_pk"] = [request.Key] },
        };
        var page = await objects.ListAsync(UserKind.Kind, http.Caller(), list, http.RequestAborted);
        var found = page.Fault is null ? page.Value : new ObjectPage([], 0, 1, PageSize);
        return TabContent.Of<RelatedList>(new
        {
            Title = "Users",
            Description = "Direct members. Add people from their own page.",
            Columns = columns,
            Rows = (IReadOnlyList<RelatedRow>)[.. found.Items.Cast<Directory.Users.User>().Select(Row)],
            Empty = page.Fault is null ? "Nobody is in this group" : "You may not see users",
            Icon = "users",
            RemoveAction = $"{request.Url}users/remove/",
            Page = found.Page,
            Pages = found.TotalPages,
            PageUrl = (Func<int, string>)(p => $"{request.Url}?tab=users&page={p}"),
        });
    }

    static RelatedRow Row(Directory.Users.User user)
    {
        var key = user.Pk.ToString(CultureInfo.InvariantCulture);
        return new RelatedRow(key, $"/if/admin/directory/users/{key}/", user.Username, user.Name, user.IsActive ? "Active" : "Inactive");
    }
}

/// <summary>Which roles hold rights on a group.</summary>
sealed class GroupPermissionsTab(ObjectQuery objects, Rbac.Grants.FindGrants grants, Rbac.Grants.PermissionCatalogue catalogue) : PermissionsTab(objects, grants, catalogue)
{
    public override ModelKind Kind => GroupKind.Kind;
}
