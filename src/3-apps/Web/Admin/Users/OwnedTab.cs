using System.Text.Json.Nodes;
using Postern.Api.Http;
using Postern.Directory.Users;
using Postern.Kernel.Access;
using Postern.Storage;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;
using Postern.Web.Admin.Tabs;

namespace Postern.Web.Admin.Users;

/// <summary>A tab that lists what a user owns of one kind, as far as the caller may see it; each row can be deleted after a question.</summary>
abstract class OwnedTab(ModelKind owned, ObjectQuery objects, PosternDb db, IAccess access, IServiceProvider services, Sections sections) : IObjectTab
{
    const int PageSize = 20;

    public ModelKind Kind => UserKind.Kind;

    public abstract string Name { get; }

    public abstract int Order { get; }

    protected abstract string Description { get; }

    protected abstract string[] Columns { get; }

    protected abstract string Icon { get; }

    /// <summary>What the list says when the user owns nothing of the kind.</summary>
    protected abstract string Empty { get; }

    protected virtual string? Ordering => null;

    /// <summary>The filter of the kind's list that leaves those of the user.</summary>
    protected virtual (string Name, string Value) Of(Directory.Users.User user) => ("user", UserKind.Kind.KeyOf(user));

    protected abstract string[] Cells(JsonObject one);

    protected virtual string? Mark(JsonObject one) => null;

    public async Task<TabContent> ShowAsync(TabRequest request)
    {
        var http = request.Http;
        var user = (Directory.Users.User)request.Entity;
        // Without the right people see what is their own, which is nothing here.
        var isUnseen = http.Caller().UserPk != user.Pk && await access.RefuseAsync(http.Caller(), owned.View, key: null, http.RequestAborted) is not null;
        var (filter, value) = Of(user);
        var list = new ListRequest
        {
            PageSize = PageSize,
            Page = request.Page,
            Ordering = Ordering,
            Filters = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { [filter] = [value] },
        };
        var page = await objects.ListAsync(owned, http.Caller(), list, http.RequestAborted);
        var found = page.Fault is null ? page.Value : new ObjectPage([], 0, 1, PageSize);
        var rendered = await Rendered.PageAsync(owned, found.Items, new LoadContext(db, http.Caller(), services, http.RequestAborted));
        var here = $"{request.Url}?tab={ObjectTabs.Slug(this)}";
        var section = sections.For(owned)!;
        return TabContent.Of<RelatedList>(new
        {
            Title = Name,
            Description,
            Columns,
            Rows = (IReadOnlyList<RelatedRow>)[.. found.Items.Zip(rendered, (one, shown) => Row(shown.ToNode(), $"{section.UrlOf(one)}delete/?back={Uri.EscapeDataString(here)}"))],
            Empty = page.Fault is null && !isUnseen ? Empty : $"You may not see {owned.LabelPlural.ToLowerInvariant()}",
            Icon,
            RemoveText = "Delete",
            Page = found.Page,
            Pages = found.TotalPages,
            PageUrl = (Func<int, string>)(p => $"{here}&page={p}"),
        });
    }

    RelatedRow Row(JsonObject one, string delete) => new(delete, Url: null, Cells(one)) { RemoveUrl = delete, Mark = Mark(one) };
}
