using Postern.Api.Http;
using Postern.Directory.Users;
using Postern.Events;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;
using Postern.Web.Admin.Tabs;

namespace Postern.Web.Admin.Users;

/// <summary>What a user did, and what was done to them.</summary>
sealed class UserEventsTab(ObjectQuery objects) : IObjectTab
{
    static readonly string[] columns = ["Action", "By", "Address", "Time"];

    const int PageSize = 20;

    public ModelKind Kind => UserKind.Kind;

    public string Name => "User events";

    public int Order => 50;

    public async Task<TabContent> ShowAsync(TabRequest request)
    {
        var http = request.Http;
        var user = (Directory.Users.User)request.Entity;
        var list = new ListRequest
        {
            PageSize = PageSize,
            Page = request.Page,
            Filters = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["person"] = [request.Key] },
        };
        var page = await objects.ListAsync(EventKind.Kind, http.Caller(), list, http.RequestAborted);
        var found = page.Fault is null ? page.Value : new ObjectPage([], 0, 1, PageSize);
        return TabContent.Of<RelatedList>(new
        {
            Title = "User events",
            Description = $"What {user.Username} did, and what was done to them.",
            Columns = columns,
            Rows = (IReadOnlyList<RelatedRow>)[.. found.Items.Cast<Event>().Select(Row)],
            Empty = page.Fault is null ? "Nothing recorded" : "You may not see events",
            Icon = "history",
            Page = found.Page,
            Pages = found.TotalPages,
            PageUrl = (Func<int, string>)(p => $"{request.Url}?tab=user-events&page={p}"),
        });
    }

    static RelatedRow Row(Event entry) => new(
        entry.Pk.ToString(), $"/if/admin/events/log/{entry.Pk}/", EventActions.Label(entry.Action), entry.User["username"]?.ToString() ?? "—", entry.ClientIp ?? "—",
        entry.Created.UtcDateTime.ToString(ListRow.TimeFormat, System.Globalization.CultureInfo.InvariantCulture));
}
