using Microsoft.EntityFrameworkCore;
using Postern.Flows.Bindings;
using Postern.Kernel.Access;
using Postern.Policies.Bindings;
using Postern.Storage.Kinds;

namespace Postern.Flows;

/// <summary>The declaration of flows.</summary>
public static class FlowKind
{
    /// <summary>To have the whole of a flow as a text, now or as it was.</summary>
    internal static readonly Permission Export = new("authentik_flows", "export_flow");

    public static readonly ModelKind<Flow> Kind = ModelKind<Flow>.Declare("authentik_flows.flow", static (k, kind) =>
    {
        k.Labels("Flow", "Flows").Path("flows/instances").Table("flow");
        k.Permissions(
            (Export.Codename, "Can export a Flow"), ("inspect_flow", "Can inspect a Flow's execution"),
            ("view_flow_cache", "View Flow's cache metrics"), ("clear_flow_cache", "Clear Flow's cache metrics"));
        k.Key(f => f.Pk).Aliases("flow_uuid");
        k.Computed("policybindingmodel_ptr_id", f => f.Pk);
        k.Text("name", f => f.Name).Required();
        k.Slug("slug", f => f.Slug).Required().Unique().MaxLength(50).IsLookup(kind).Help("Visible in the URL.");
        k.Text("title", f => f.Title).Required().Help("Shown as the title in flow pages.");
        k.Choice("designation", f => f.Designation).Required().Help("What the flow is used for.");
        k.Text("background", f => f.Background).Help("Background shown during execution.");
        k.Computed("background_url", f => f.Background.Length > 0 ? f.Background : FlowBackground.Standard);
        k.Computed("background_themed_urls", FlowBackground.Themed);
        k.Computed("stages", static async (page, context) =>
        {
            List<Guid> flows = [.. page.Select(f => f.Pk)];
            var bound = await context.Db.Set<FlowStageBinding>().AsNoTracking().Where(b => flows.Contains(b.Target)).OrderBy(b => b.Order).ToListAsync(context.Cancellation);
            var stages = bound.ToLookup(b => b.Target, b => b.Stage);
            return f => stages[f.Pk];
        });
        k.Computed("policies", static async (page, context) =>
        {
            List<Guid> flows = [.. page.Select(f => f.Pk)];
            var bound = await context.Db.Set<PolicyBinding>().AsNoTracking().Where(b => flows.Contains(b.Target) && b.PolicyPk != null).OrderBy(b => b.Order).ToListAsync(context.Cancellation);
            var policies = bound.ToLookup(b => b.Target, b => b.PolicyPk!.Value);
            return f => policies[f.Pk];
        });
        k.Computed("cache_count", _ => 0);
        k.Choice("policy_engine_mode", f => f.PolicyEngineMode);
        k.Boolean("compatibility_mode", f => f.CompatibilityMode);
        k.Computed("export_url", f => $"/api/v3/flows/instances/{f.Slug}/export/");
        k.Choice("layout", f => f.Layout);
        k.Choice("denied_action", f => f.DeniedAction).Help("What happens when the flow does not apply to somebody.");
        k.Choice("authentication", f => f.Authentication).Help("Who may start the flow.");
        k.Filters("flow_uuid", "name", "slug", "designation", "denied_action");
        k.Search(f => f.Name, f => f.Slug, f => f.Title);
        k.Order("slug", "name", "designation");
    });
}
