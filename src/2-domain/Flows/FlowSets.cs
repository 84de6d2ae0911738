using Microsoft.EntityFrameworkCore;
using Postern.Flows.Bindings;
using Postern.Storage.Kinds;

namespace Postern.Flows;

/// <summary>The flows each stage of a page is bound to, in their short form.</summary>
static class FlowSets
{
    static readonly string[] Short =
    [
        "pk", "policybindingmodel_ptr_id", "name", "slug", "title", "designation", "background_url", "background_themed_urls",
        "policy_engine_mode", "compatibility_mode", "export_url", "layout", "denied_action",
    ];

    public static async ValueTask<Func<T, object?>> LoadAsync<T>(IReadOnlyList<T> page, LoadContext context)
        where T : Stage
    {
        List<Guid> stages = [.. page.Select(s => s.Pk)];
        var bound = await context.Db.Set<FlowStageBinding>().AsNoTracking()
            .Where(b => stages.Contains(b.Stage))
            .Join(context.Db.Set<Flow>(), b => b.Target, f => f.Pk, (b, f) => new { b.Stage, Flow = f })
            .ToListAsync(context.Cancellation);
        var flows = await Rendered.PageAsync(FlowKind.Kind, [.. bound.Select(b => b.Flow).DistinctBy(f => f.Pk)], context, Short);
        var byPk = flows.ToDictionary(r => ((Flow)r.Entity).Pk);
        var sets = bound.ToLookup(b => b.Stage, b => b.Flow.Pk);
        return stage => sets[stage.Pk].Distinct().Select(pk => byPk[pk]).ToList();
    }
}
