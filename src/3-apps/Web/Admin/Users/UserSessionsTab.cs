using System.Text.Json.Nodes;
using Postern.Api.Http;
using Postern.Directory.Sessions;
using Postern.Directory.Users;
using Postern.Storage;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;
using Postern.Web.Admin.Tabs;

namespace Postern.Web.Admin.Users;

/// <summary>Where a user is signed in.</summary>
sealed class UserSessionsTab(ObjectQuery objects, PosternDb db, IServiceProvider services) : IObjectTab
{
    static readonly string[] columns = ["Device", "Address", "Last used", "Expires"];

    const int PageSize = 20;

    public ModelKind Kind => UserKind.Kind;

    public string Name => "Sessions";

    public int Order => 20;

    public async Task<TabContent> ShowAsync(TabRequest request)
    {
        var http = request.Http;
        var user = (Directory.Users.User)request.Entity;
        var list = new ListRequest
        {
            PageSize = PageSize,
            Page = request.Page,
            Ordering = "-last_used",
            Filters = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["user__username"] = [user.Username] },
        };
        var page = await objects.ListAsync(SessionKind.Kind, http.Caller(), list, http.RequestAborted);
        var found = page.Fault is null ? page.Value : new ObjectPage([], 0, 1, PageSize);
        var rendered = await Rendered.PageAsync(SessionKind.Kind, found.Items, new LoadContext(db, http.Caller(), services, http.RequestAborted));
        var back = Uri.EscapeDataString($"{request.Url}?tab=sessions");
        return TabContent.Of<RelatedList>(new
        {
            Title = "Sessions",
            Description = "Browsers in which this user is signed in. Deleting a session signs the browser out on its next request.",
            Columns = columns,
            Rows = (IReadOnlyList<RelatedRow>)[.. rendered.Select(r => Row(r.ToNode(), back))],
            Empty = page.Fault is null ? "Not signed in anywhere" : "You may not see sessions",
            Icon = "device-desktop",
            RemoveText = "Delete",
            Page = found.Page,
            Pages = found.TotalPages,
            PageUrl = (Func<int, string>)(p => $"{request.Url}?tab=sessions&page={p}"),
        });
    }

    static RelatedRow Row(JsonObject session, string back) =>
        new(session["uuid"]!.ToString(), Url: null, Device(session), session["last_ip"]!.ToString(), ListRow.Text(session["last_used"]), ListRow.Text(session["expires"]))
        {
            RemoveUrl = $"/if/admin/directory/sessions/{session["uuid"]}/delete/?back={back}",
            Mark = session["current"]!.GetValue<bool>() ? "This browser" : null,
        };

    static string Device(JsonObject session) => $"{session["user_agent"]!["user_agent"]!["family"]} on {session["user_agent"]!["os"]!["family"]}";
}
