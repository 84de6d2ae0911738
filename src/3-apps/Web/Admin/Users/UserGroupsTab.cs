using System.Globalization;
using Postern.Api.Http;
using Postern.Directory.Groups;
using Postern.Directory.Users;
using Postern.Pages.Forms;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;
using Postern.Web.Admin.Tabs;

namespace Postern.Web.Admin.Users;

/// <summary>The groups a user is a direct member of.</summary>
sealed class UserGroupsTab(ObjectQuery objects) : IObjectTab
{
    static readonly string[] columns = ["Group", "Superuser"];

    const int Most = 200;

    public ModelKind Kind => UserKind.Kind;

    public string Name => "Groups";

    public int Order => 30;

    public async Task<TabContent> ShowAsync(TabRequest request)
    {
        var http = request.Http;
        var member = ((Directory.Users.User)request.Entity).Pk.ToString(CultureInfo.InvariantCulture);
        var own = new ListRequest { PageSize = Most, Filters = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["members_by_pk"] = [member] } };
        var mine = await objects.ListAsync(GroupKind.Kind, http.Caller(), own, http.RequestAborted);
        var all = await objects.ListAsync(GroupKind.Kind, http.Caller(), new ListRequest { PageSize = Most }, http.RequestAborted);
        List<Group> groups = mine.Fault is null ? [.. mine.Value.Items.Cast<Group>()] : [];
        var held = groups.Select(g => g.Pk).ToHashSet();
        return TabContent.Of<UserMemberships>(new
        {
            Title = "Groups",
            Description = "Direct memberships. The user also belongs to the groups above these.",
            Columns = columns,
            Rows = (IReadOnlyList<RelatedRow>)[.. groups.Select(g => new RelatedRow(g.Pk.ToString(), $"/if/admin/directory/groups/{g.Pk}/", g.Name, g.IsSuperuser ? "Yes" : "No"))],
            Empty = mine.Fault is null ? "In no group" : "You may not see groups",
            Icon = "users",
            AddAction = $"{request.Url}groups/add/",
            RemoveAction = $"{request.Url}groups/remove/",
            AddLabel = "Add to a group",
            Options = (IReadOnlyList<Option>)(all.Fault is not null ? [] : [.. all.Value.Items.Cast<Group>().Where(g => !held.Contains(g.Pk)).Select(g => new Option(g.Pk.ToString(), g.Name))]),
            More = all.Fault is null && all.Value.Count > Most,
            NewUrl = $"/if/admin/directory/groups/new/?back={Uri.EscapeDataString($"{request.Url}?tab=groups")}",
            NewText = "New group",
        });
    }
}
