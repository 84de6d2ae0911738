namespace Postern.Flows.Designing;

/// <summary>Finds what nobody comes to: stages whose policies never pass, stages behind one that ends the flow, flows that nobody may begin.</summary>
sealed class CheckReach : IFlowCheck
{
    public IEnumerable<FlowFinding> Check(FlowDesign design)
    {
        if (design.Stages.Count == 0)
            yield return new FlowFinding(FindingSeverity.Error, "The flow has no stages.", "Bind the first stage below.");
        if (design.Begins is false)
            yield return new FlowFinding(FindingSeverity.Error, "Nobody may begin this flow: its policies never pass.", "Change or unbind the policies under “Who may use this flow”.");
        if (design.Flow.Authentication is FlowAuthentication.RequireOutpost)
            yield return new FlowFinding(FindingSeverity.Error, "Only an outpost may begin this flow, and there are none.", "Choose another requirement under “Authentication”.");
        DesignedStage? end = null;
        foreach (var stage in design.Stages)
        {
            if (end is not null)
                yield return At(stage, $"{stage.Title} is never reached: {end.Title} ends the flow for everybody.", $"Move it before {end.Title}, or bind a policy to that one.");
            else if (stage.Passes is false)
                yield return At(stage, $"{stage.Title} is never shown: its policies never pass.", "Change or unbind the policies of its binding, or remove the stage from the flow.");
            if (stage.Passes is true && stage.Stage.Ending() is not null)
                end ??= stage;
        }
    }

    static FlowFinding At(DesignedStage stage, string message, string advice) =>
        new(FindingSeverity.Warning, message, advice) { Binding = stage.Binding.Pk };
}
