using Microsoft.AspNetCore.Http;
using Postern.Storage.Kinds;

namespace Postern.Web.Admin.Tabs;

/// <summary>One tab of the page of an object. Whoever knows something about a kind registers a tab for it; the page shows those of the object's kind.</summary>
public interface IObjectTab
{
    /// <summary>The kind on whose pages it stands.</summary>
    ModelKind Kind { get; }

    string Name { get; }

    /// <summary>Place among the tabs; the first one opens with the page.</summary>
    int Order { get; }

    /// <summary>What the tab shows, as far as the caller may see it.</summary>
    Task<TabContent> ShowAsync(TabRequest request);
}

/// <summary>The object whose page is open, and the request that opened it.</summary>
/// <param name="Url">Address of the page without parameters.</param>
public sealed record TabRequest(HttpContext Http, object Entity, string Key, string Url, System.Text.Json.Nodes.JsonObject Json)
{
    /// <summary>Number of the page, for tabs that hold a list.</summary>
    public int Page => int.TryParse(Http.Request.Query["page"], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var page) && page > 0 ? page : 1;
}

/// <summary>A component with its parameters.</summary>
public sealed record TabContent(Type Component, IDictionary<string, object?> Parameters)
{
    public static TabContent Of<TComponent>(object parameters) =>
        new(typeof(TComponent), parameters.GetType().GetProperties().ToDictionary(p => p.Name, p => p.GetValue(parameters), StringComparer.Ordinal));
}
