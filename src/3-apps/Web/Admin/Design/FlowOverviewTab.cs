using Microsoft.EntityFrameworkCore;
using Postern.Api.Http;
using Postern.Flows;
using Postern.Flows.Bindings;
using Postern.Flows.Designing;
using Postern.Storage;
using Postern.Storage.Kinds;
using Postern.Web.Admin.Tabs;

namespace Postern.Web.Admin.Design;

/// <summary>How a flow runs, and what is wrong with it.</summary>
sealed class FlowOverviewTab(PosternDb db, BoundPolicies policies, CheckFlow check) : IObjectTab
{
    public ModelKind Kind => FlowKind.Kind;

    public string Name => "Overview";

    public int Order => 0;

    public async Task<TabContent> ShowAsync(TabRequest request)
    {
        var http = request.Http;
        var flow = (Postern.Flows.Flow)request.Entity;
        var bound = await db.Set<FlowStageBinding>().AsNoTracking().Where(b => b.Target == flow.Pk).OrderBy(b => b.Order).ThenBy(b => b.Pk)
            .Join(db.Set<Stage>(), b => b.Stage, s => s.Pk, (b, s) => new { Binding = b, Stage = s }).ToListAsync(http.RequestAborted);
        var conditions = await policies.OfAsync([flow.Pk, .. bound.Select(b => b.Binding.Pk)], http);
        var found = await check.ExecuteAsync(http.Caller(), flow.Slug, http.RequestAborted);
        var findings = (found.Fault is null ? found.Value : []).ToLookup(f => f.Binding);
        var steps = bound.OrderBy(b => b.Binding.Order).ThenBy(b => b.Binding.Pk)
            .Select(b => new MapStep(b.Binding, b.Stage) { Conditions = [.. conditions[b.Binding.Pk]], Findings = [.. findings[b.Binding.Pk]] });
        return TabContent.Of<FlowOverview>(new
        {
            View = new FlowMapView(flow, [.. conditions[flow.Pk]], [.. steps]),
            Findings = (IReadOnlyList<FlowFinding>)[.. findings[null]],
            request.Json,
            request.Url,
            Moved = http.Request.Query["moved"].ToString(),
        });
    }
}
