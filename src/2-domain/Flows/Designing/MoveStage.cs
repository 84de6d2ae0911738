using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Postern.Flows.Bindings;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage;
using Postern.Storage.Objects;

namespace Postern.Flows.Designing;

/// <summary>Moves a stage to another place of its flow. The places of the stages between follow; the numbers of places stay what they are where they can.</summary>
public sealed class MoveStage(PosternDb db, IAccess access, SaveObject save)
{
    const int Step = 10;

    /// <summary>
    /// <paramref name="place"/> counts from 0 and is brought within the flow. Needs the right to change each binding whose number changes; writes those, each with
    /// its audit event, or none. Faults: forbidden, not found.
    /// </summary>
    public Task<Result<Unit>> ExecuteAsync(Caller caller, Guid binding, int place, CancellationToken cancellation) =>
        db.InTransactionAsync(() => MoveAsync(caller, binding, place, cancellation), r => r.Fault is null, cancellation);

    async Task<Result<Unit>> MoveAsync(Caller caller, Guid binding, int place, CancellationToken cancellation)
    {
        if (await access.RefuseAsync(caller, FlowStageBindingKind.Kind.Change, binding.ToString(), cancellation) is { } refusal)
            return refusal;
        var flow = await db.Set<FlowStageBinding>().Where(b => b.Pk == binding).Select(b => (Guid?)b.Target).FirstOrDefaultAsync(cancellation);
        if (flow is null)
            return new Fault.NotFound(FlowStageBindingKind.Kind.Label);
        // One move after the other, and numbers may meet on the way.
        await db.ExecuteAsync("SELECT 1 FROM flow WHERE pk = $1 FOR UPDATE", cancellation, flow);
        await db.ExecuteAsync("SET CONSTRAINTS flow_stage_binding_place DEFERRED", cancellation);
        var bindings = await db.Set<FlowStageBinding>().Where(b => b.Target == flow).OrderBy(b => b.Order).ThenBy(b => b.Pk).ToListAsync(cancellation);
        var orders = Orders([.. bindings.Select(b => b.Order)]);
        var moved = bindings.Find(b => b.Pk == binding)!;
        bindings.Remove(moved);
        bindings.Insert(Math.Clamp(place, 0, bindings.Count), moved);
        foreach (var (one, order) in bindings.Zip(orders).Where(b => b.First.Order != b.Second).ToList())
        {
            var saved = await save.UpdateAsync(FlowStageBindingKind.Kind, caller, one, JsonSerializer.SerializeToElement(new { order }), SaveOptions.Patch, cancellation);
            if (saved.Fault is { } fault)
                return fault;
        }
        return Unit.Value;
    }

    // Where two share a number, moving between them needs new ones.
    static IReadOnlyList<int> Orders(IReadOnlyList<int> given) =>
        given.Distinct().Count() == given.Count ? given : [.. given.Select((_, i) => (i + 1) * Step)];
}
