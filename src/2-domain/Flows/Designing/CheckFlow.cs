using Postern.Brands;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Policies.Engine;
using Postern.Storage.Objects;
using Postern.Storage.Snapshots;

namespace Postern.Flows.Designing;

/// <summary>Looks through a flow for what will surprise people: stages nobody comes to, sign-ins that sign nobody in, ... Writes nothing.</summary>
public sealed class CheckFlow(ObjectQuery objects, Snapshot<FlowPicture> pictures, Snapshot<BrandPicture> brands, PolicyEngine policies, IEnumerable<IFlowCheck> checks)
{
    /// <summary>The findings, the worst first. Faults: forbidden, not found for a flow the caller may not see.</summary>
    public async Task<Result<IReadOnlyList<FlowFinding>>> ExecuteAsync(Caller caller, string slug, CancellationToken cancellation)
    {
        if (!(await objects.FindAsync(FlowKind.Kind, caller, slug, tracked: false, cancellation)).Succeeded(out var found, out var missing))
            return missing;
        var design = await DesignAsync((Flow)found, cancellation);
        return Result<IReadOnlyList<FlowFinding>>.Of([.. checks.SelectMany(c => c.Check(design)).OrderBy(f => f.Severity)]);
    }

    async ValueTask<FlowDesign> DesignAsync(Flow flow, CancellationToken cancellation)
    {
        var picture = await pictures.GetAsync(cancellation);
        var stages = new List<DesignedStage>();
        foreach (var binding in picture.BindingsOf(flow))
        {
            if (picture.Stage(binding.Stage) is { } stage)
                stages.Add(new DesignedStage(binding, stage, await policies.ForeseeAsync(binding.Pk, binding.PolicyEngineMode, cancellation)));
        }
        return new FlowDesign(flow, await policies.ForeseeAsync(flow.Pk, flow.PolicyEngineMode, cancellation), stages, picture, (await brands.GetAsync(cancellation)).All);
    }
}
