namespace Postern.Flows.Running;

/// <summary>Addresses of flow pages on this server.</summary>
public static class FlowLink
{
    /// <summary>The page of a flow, with the query of the page at hand, so that <c>next</c> and invitations travel along.</summary>
    public static string To(Flow flow, PageQuery query) => query.Text.Length > 0 ? $"/if/flow/{flow.Slug}/?{query.Text}" : $"/if/flow/{flow.Slug}/";
}
