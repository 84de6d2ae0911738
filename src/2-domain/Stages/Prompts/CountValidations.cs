using Postern.Flows;
using Postern.Policies;
using Postern.Storage.Snapshots;

namespace Postern.Stages.Prompts;

/// <summary>Counts the prompt stages that validate by a policy.</summary>
sealed class CountValidations(Snapshot<FlowPicture> flows) : IPolicyUses
{
    public async ValueTask<IReadOnlyDictionary<Guid, int>> CountAsync(IReadOnlyList<Guid> policies, CancellationToken cancellation)
    {
        var stages = (await flows.GetAsync(cancellation)).Stages.OfType<PromptStage>();
        return stages.SelectMany(s => s.ValidationPolicies.Distinct()).Where(policies.Contains).CountBy(p => p).ToDictionary();
    }
}
