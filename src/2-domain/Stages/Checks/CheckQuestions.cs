using Postern.Flows;
using Postern.Flows.Designing;
using Postern.Stages.Identification;
using Postern.Stages.Prompts;
using Postern.Stages.UserWrite;

namespace Postern.Stages.Checks;

/// <summary>Finds stages that ask nothing, and enrolments whose answers make no account.</summary>
sealed class CheckQuestions : IFlowCheck
{
    public IEnumerable<FlowFinding> Check(FlowDesign design)
    {
        foreach (var (place, stage) in design.Of<PromptStage>())
        {
            if (stage.Fields.Count == 0)
                yield return new FlowFinding(FindingSeverity.Warning, $"{place.Title} asks nothing: it has no fields.", "Choose its fields, or remove it from the flow.") { Binding = place.Binding.Pk };
        }
        foreach (var (place, stage) in design.Of<IdentificationStage>())
        {
            if (stage.UserFields.Count == 0 && stage.Sources.Count == 0)
                yield return new FlowFinding(FindingSeverity.Error, $"{place.Title} lets nobody say who they are: it has no user fields.", "Choose what people identify themselves by.") { Binding = place.Binding.Pk };
        }
        if (design.Flow.Designation is FlowDesignation.Enrollment && design.Stages.Count > 0 && !design.Of<UserWriteStage>().Any(s => s.Place.Passes is not false))
            yield return new FlowFinding(FindingSeverity.Error, "The flow makes no account: it has no User Write Stage.", "Bind a User Write Stage behind the questions.");
        if (Late(design) is { } late)
            yield return new FlowFinding(FindingSeverity.Warning, $"What {late.Title} asks is not kept: no User Write Stage follows it.", "Move the User Write Stage behind it.") { Binding = late.Binding.Pk };
    }

    // Other flows may ask for what is no part of an account.
    static DesignedStage? Late(FlowDesign design)
    {
        if (design.Flow.Designation is not FlowDesignation.Enrollment)
            return null;
        var writes = design.Stages.Select((stage, at) => stage.Stage is UserWriteStage ? at : -1).DefaultIfEmpty(-1).Max();
        return writes < 0 ? null : design.Stages.Skip(writes + 1).FirstOrDefault(s => s.Stage is PromptStage { Fields.Count: > 0 });
    }
}
