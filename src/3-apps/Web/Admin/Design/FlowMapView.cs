using Postern.Flows;
using Postern.Flows.Bindings;
using Postern.Flows.Designing;
using Postern.Flows.Simulating;
using Postern.Policies.Engine;

namespace Postern.Web.Admin.Design;

/// <summary>A flow as it is drawn: who may begin, then each stage with the conditions on the arrow that leads to it.</summary>
/// <param name="Conditions">What is bound to the flow itself.</param>
/// <param name="Steps">Its stages in order.</param>
public sealed record FlowMapView(Postern.Flows.Flow Flow, IReadOnlyList<BoundPolicy> Conditions, IReadOnlyList<MapStep> Steps)
{
    /// <summary>What the flow's own bindings said in a simulation; null outside one.</summary>
    public SimulatedVerdict? Gate { get; init; }

    /// <summary>Who may begin, by the flow's own setting.</summary>
    public string Begins => Flow.Authentication switch
    {
        FlowAuthentication.RequireAuthenticated => "Whoever is signed in",
        FlowAuthentication.RequireUnauthenticated => "Whoever is not signed in",
        FlowAuthentication.RequireSuperuser => "Superusers",
        FlowAuthentication.RequireRedirect => "Whoever is led here by another flow",
        FlowAuthentication.RequireToken => "Whoever comes by a link of this flow",
        FlowAuthentication.RequireOutpost => "Outposts",
        _ => "Everybody",
    };

    /// <summary>Where others are led; null where there are no others.</summary>
    public string? Otherwise => Flow.Authentication is FlowAuthentication.None && Conditions.Count == 0 ? null : Flow.DeniedAction switch
    {
        DeniedAction.Message => "Others are refused with a message.",
        DeniedAction.Continue => "Others go on to where the link leads.",
        _ => "Others go on to where the link leads, or are refused with a message.",
    };

    public string Mode => Words(Flow.PolicyEngineMode);

    internal static string Words(PolicyEngineMode mode) => mode is PolicyEngineMode.All ? "all of" : "any of";
}

/// <summary>One stage of a drawn flow.</summary>
public sealed record MapStep(FlowStageBinding Binding, Stage Stage)
{
    public string Type { get; } = StageKind.Kind.Of(Stage).Label;

    public string Url => $"/if/admin/flows/stages/{Stage.Pk}/";

    /// <summary>What is bound to its place.</summary>
    public IReadOnlyList<BoundPolicy> Conditions { get; init; } = [];

    public IReadOnlyList<FlowFinding> Findings { get; init; } = [];

    /// <summary>What became of it in a simulation; null outside one.</summary>
    public SimulatedStage? Simulated { get; init; }

    public string Mode => FlowMapView.Words(Binding.PolicyEngineMode);

    /// <summary>When its conditions are asked.</summary>
    public string Asked => (Binding.EvaluateOnPlan, Binding.ReEvaluatePolicies) switch
    {
        (true, true) => "asked when the flow begins, and again just before the stage",
        (true, false) => "asked when the flow begins",
        _ => "asked just before the stage",
    };

    /// <summary>Where a refused answer leads.</summary>
    public string AfterRefusal => Binding.InvalidResponseAction switch
    {
        InvalidResponseAction.Restart => "A refused answer starts the flow again.",
        InvalidResponseAction.RestartWithContext => "A refused answer starts the flow again with what is known.",
        _ => "A refused answer is asked for again.",
    };
}
