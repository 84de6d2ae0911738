using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Postern.Flows.Bindings;
using Postern.Storage;
using Postern.Storage.Opening;
using Postern.Storage.Snapshots;

namespace Postern.Flows;

/// <summary>All flows, stages and bindings at one moment.</summary>
public sealed class FlowPicture
{
    readonly FrozenDictionary<string, Flow> bySlug;
    readonly FrozenDictionary<Guid, Flow> byPk;
    readonly FrozenDictionary<Guid, Stage> stages;
    readonly FrozenDictionary<Guid, FlowStageBinding> bindings;
    readonly FrozenDictionary<Guid, FlowStageBinding[]> byFlow;

    internal FlowPicture(IReadOnlyList<Flow> flows, IReadOnlyList<Stage> stages, IReadOnlyList<FlowStageBinding> bindings)
    {
        bySlug = flows.ToFrozenDictionary(f => f.Slug, StringComparer.Ordinal);
        byPk = flows.ToFrozenDictionary(f => f.Pk);
        this.stages = stages.ToFrozenDictionary(s => s.Pk);
        this.bindings = bindings.ToFrozenDictionary(b => b.Pk);
        byFlow = bindings.GroupBy(b => b.Target).ToFrozenDictionary(g => g.Key, g => g.OrderBy(b => b.Order).ThenBy(b => b.Pk).ToArray());
    }

    /// <summary>Flows by slug.</summary>
    public IEnumerable<Flow> Flows => bySlug.Values.OrderBy(f => f.Slug, StringComparer.Ordinal);

    /// <summary>Stages by name.</summary>
    public IEnumerable<Stage> Stages => stages.Values.OrderBy(s => s.Name, StringComparer.Ordinal);

    public Flow? Find(string slug) => bySlug.GetValueOrDefault(slug);

    public Flow? Find(Guid pk) => byPk.GetValueOrDefault(pk);

    public Stage? Stage(Guid pk) => stages.GetValueOrDefault(pk);

    public FlowStageBinding? Binding(Guid pk) => bindings.GetValueOrDefault(pk);

    /// <summary>Bindings of a flow in order.</summary>
    public IReadOnlyList<FlowStageBinding> BindingsOf(Flow flow) => byFlow.GetValueOrDefault(flow.Pk) ?? [];

    internal static Snapshot<FlowPicture> Watch(SnapshotHub hub, IServiceScopeFactory scopes) =>
        hub.Declare(["flow", "stage", "flow_stage_binding"], cancellation => LoadAsync(scopes, cancellation));

    static async Task<FlowPicture> LoadAsync(IServiceScopeFactory scopes, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope(Pool.Pictures);
        var db = scope.ServiceProvider.GetRequiredService<PosternDb>();
        return new FlowPicture(
            await db.Set<Flow>().AsNoTracking().ToListAsync(cancellation),
            await db.Set<Stage>().AsNoTracking().ToListAsync(cancellation),
            await db.Set<FlowStageBinding>().AsNoTracking().ToListAsync(cancellation));
    }
}
