using Postern.Pages.Blocks;
using Postern.Storage.Kinds;

namespace Postern.Web.Admin.Tabs;

/// <summary>The tabs of pages of objects, by kind. The first shows the object itself; a kind may bring its own in its place, at order 0.</summary>
sealed class ObjectTabs(IEnumerable<IObjectTab> tabs)
{
    const string First = "Overview";

    /// <summary>The tabs of a kind in order; none for kinds with a plain page.</summary>
    public IReadOnlyList<IObjectTab> For(ModelKind kind) => [.. tabs.Where(t => t.Kind == kind || t.Kind == kind.Base).OrderBy(t => t.Order)];

    /// <summary>The one that the address asks for; null for the plain overview.</summary>
    public static IObjectTab? Chosen(IReadOnlyList<IObjectTab> tabs, string? asked) =>
        tabs.FirstOrDefault(t => string.Equals(Slug(t), asked, StringComparison.Ordinal)) ?? tabs.FirstOrDefault(t => t.Order == 0);

    public static IReadOnlyList<TabItem> Links(IReadOnlyList<IObjectTab> tabs, IObjectTab? current, string url)
    {
        if (tabs.Count == 0)
            return [];
        var others = tabs.Where(t => t.Order > 0).Select(t => new TabItem(t.Name, $"{url}?tab={Slug(t)}", t == current));
        return [new TabItem(First, url, current is null || current.Order == 0), .. others];
    }

    /// <summary>The tab in the address: <c>User events</c> is <c>user-events</c>.</summary>
    public static string Slug(IObjectTab tab) => tab.Name.ToLowerInvariant().Replace(' ', '-');
}
