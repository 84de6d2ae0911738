using System.Globalization;
using Postern.Api.Http;
using Postern.Directory.Users;
using Postern.Pages.Forms;
using Postern.Rbac.Roles;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;
using Postern.Web.Admin.Tabs;

namespace Postern.Web.Admin.Users;

/// <summary>The roles of a user: those assigned, and all that count with where they come from.</summary>
sealed class UserRolesTab(ObjectQuery objects, FindRoleSources sources) : IObjectTab
{
    static readonly string[] columns = ["Role"];
    static readonly string[] otherColumns = ["Role", "From"];

    const int Most = 200;

    public ModelKind Kind => UserKind.Kind;

    public string Name => "Roles";

    public int Order => 40;

    public async Task<TabContent> ShowAsync(TabRequest request)
    {
        var http = request.Http;
        var user = ((Directory.Users.User)request.Entity).Pk;
        var held = await objects.ListAsync(RoleKind.Kind, http.Caller(), OfUser(user), http.RequestAborted);
        var all = await objects.ListAsync(RoleKind.Kind, http.Caller(), new ListRequest { PageSize = Most }, http.RequestAborted);
        var from = await sources.ExecuteAsync(user, http.RequestAborted);
        List<Role> roles = held.Fault is null ? [.. held.Value.Items.Cast<Role>()] : [];
        var direct = roles.Where(r => from[r.Pk].Contains("", StringComparer.Ordinal)).ToList();
        return TabContent.Of<UserMemberships>(new
        {
            Title = "Assigned roles",
            Columns = columns,
            Rows = (IReadOnlyList<RelatedRow>)[.. direct.Select(r => Row(r, r.Name))],
            Empty = held.Fault is null ? "No roles" : "You may not see roles",
            Icon = "shield",
            AddAction = $"{request.Url}roles/add/",
            RemoveAction = $"{request.Url}roles/remove/",
            AddLabel = "Assign a role",
            Options = (IReadOnlyList<Option>)(all.Fault is not null ? [] : [.. all.Value.Items.Cast<Role>().Where(r => direct.TrueForAll(d => d.Pk != r.Pk)).Select(r => new Option(r.Pk.ToString(), r.Name))]),
            More = all.Fault is null && all.Value.Count > Most,
            NewUrl = (string?)null,
            Others = (IReadOnlyList<RelatedRow>)[.. roles.Select(r => Row(r, r.Name, Origin(from[r.Pk])) with { Mark = from[r.Pk].Contains("", StringComparer.Ordinal) ? null : "Inherited" })],
            OthersTitle = "All roles",
            OthersDescription = "Everything that counts for this user, directly or through groups and the groups above them.",
            OtherColumns = otherColumns,
        });
    }

    static ListRequest OfUser(int user) => new()
    {
        PageSize = Most,
        Filters = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["users"] = [user.ToString(CultureInfo.InvariantCulture)], ["inherited"] = ["true"] },
    };

    static RelatedRow Row(Role role, params string[] cells) => new(role.Pk.ToString(), $"/if/admin/directory/roles/{role.Pk}/", cells);

    static string Origin(IEnumerable<string> groups) => string.Join(", ", groups.Select(g => g.Length == 0 ? "Assigned" : $"Group {g}"));
}
