using Postern.Flows;
using Postern.Flows.Designing;

namespace Postern.Invitations;

/// <summary>Finds invitation stages behind the questions that an invitation answers beforehand, or behind the account it is for.</summary>
sealed class CheckInvitationPlace : IFlowCheck
{
    // Stages of another slice, by the names of their kinds.
    const string Prompt = "authentik_stages_prompt.promptstage";
    const string Write = "authentik_stages_user_write.userwritestage";

    public IEnumerable<FlowFinding> Check(FlowDesign design)
    {
        foreach (var (place, _) in design.Of<InvitationStage>())
        {
            var before = design.Stages.TakeWhile(s => s != place).FirstOrDefault(s => StageKind.Kind.Of(s.Stage).Name is Prompt or Write);
            if (before is not null)
            {
                yield return new FlowFinding(FindingSeverity.Warning, $"{place.Title} comes too late: {before.Title} is before it and does not know what the invitation says.", $"Move it before {before.Title}.")
                {
                    Binding = place.Binding.Pk,
                };
            }
        }
    }
}
