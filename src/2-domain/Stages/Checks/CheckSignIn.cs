using Postern.Flows;
using Postern.Flows.Designing;
using Postern.Stages.Identification;
using Postern.Stages.Password;
using Postern.Stages.UserLogin;

namespace Postern.Stages.Checks;

/// <summary>Finds sign-ins and enrolments that sign nobody in, questions in the wrong order, and people left without a way back.</summary>
sealed class CheckSignIn : IFlowCheck
{
    public IEnumerable<FlowFinding> Check(FlowDesign design)
    {
        if (design.Stages.Count == 0 || design.Flow.Designation is not (FlowDesignation.Authentication or FlowDesignation.Enrollment))
            yield break;
        var signsIn = design.Of<UserLoginStage>().Any(s => s.Place.Passes is not false);
        // What ends elsewhere may sign in there.
        var leads = design.Stages.Any(s => s.Passes is not false && s.Stage.Ending() is not null);
        if (!signsIn && !leads && design.Flow.Designation is FlowDesignation.Authentication)
            yield return new FlowFinding(FindingSeverity.Error, "The flow signs nobody in: it has no User Login Stage.", "Bind a User Login Stage as the last stage.");
        if (!signsIn && !leads && design.Flow.Designation is FlowDesignation.Enrollment)
            yield return new FlowFinding(FindingSeverity.Warning, "People are not signed in after enrolling: the flow has no User Login Stage.", "Bind a User Login Stage as the last stage, unless they are to sign in by themselves.");
        if (design.Flow.Designation is not FlowDesignation.Authentication)
            yield break;
        if (Early(design) is { } early)
            yield return new FlowFinding(FindingSeverity.Error, $"{early.Title} comes before anybody has said who they are.", "Move an Identification Stage before it.") { Binding = early.Binding.Pk };
        if (AsksPassword(design) && !HasWayBack(design))
            yield return new FlowFinding(FindingSeverity.Warning, "There is no way back for people who lost their password.", "Choose a recovery flow in the Identification Stage, or in the default brand.");
    }

    static DesignedStage? Early(FlowDesign design)
    {
        foreach (var stage in design.Stages)
        {
            if (stage.Stage is IdentificationStage)
                return null;
            if (stage.Stage is PasswordStage)
                return stage;
        }
        return null;
    }

    static bool AsksPassword(FlowDesign design) => design.Of<PasswordStage>().Any() || design.Of<IdentificationStage>().Any(s => s.Stage.PasswordStage is not null);

    static bool HasWayBack(FlowDesign design) => design.DefaultBrand?.FlowRecovery is not null || design.Of<IdentificationStage>().Any(s => s.Stage.RecoveryFlow is not null);
}
