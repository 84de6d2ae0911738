using System.Net;
using System.Text.Json.Nodes;
using Postern.Flows.Bindings;
using Postern.Policies.Engine;

namespace Postern.Flows.Simulating;

/// <summary>For whom and in what situation a flow is simulated.</summary>
public sealed record SimulationRequest
{
    /// <summary>Key of the user the flow is about; null for nobody.</summary>
    public int? User { get; init; }

    /// <summary>The user is signed in when the flow begins; else stages find out who it is, and what is asked before knows nobody.</summary>
    public bool SignedIn { get; init; }

    /// <summary>Address of the client; null for none.</summary>
    public IPAddress? ClientIp { get; init; }

    /// <summary>What the run knows already.</summary>
    public JsonObject Context { get; init; } = [];
}

/// <summary>What a flow would do.</summary>
/// <param name="Flow">The flow.</param>
/// <param name="Refusal">Why it does not apply; null where it does.</param>
/// <param name="Gate">What the flow's own bindings said; null where nothing is bound or the flow's requirement refused before.</param>
/// <param name="Stages">Every stage of the flow, in order.</param>
public sealed record FlowSimulation(Flow Flow, string? Refusal, SimulatedVerdict? Gate, IReadOnlyList<SimulatedStage> Stages);

/// <summary>What becomes of one stage.</summary>
/// <param name="Binding">Its place.</param>
/// <param name="Stage">The stage.</param>
/// <param name="Fate">What becomes of it.</param>
/// <param name="OnPlan">What its bindings said when the plan was made; null where they are not asked then, or nothing is bound.</param>
/// <param name="Before">What they said just before the stage, as far as is known now; null where they are not asked then.</param>
public sealed record SimulatedStage(FlowStageBinding Binding, Stage Stage, StageFate Fate, SimulatedVerdict? OnPlan, SimulatedVerdict? Before)
{
    /// <summary>The verdict may change on the way: it is asked again with what the stages before have found out.</summary>
    public bool IsAskedAgain => Before is not null;
}

/// <summary>What bindings said, and why.</summary>
public sealed record SimulatedVerdict(bool Passing, IReadOnlyList<BindingLine> Lines, IReadOnlyList<string> Messages, IReadOnlyList<PolicyLog> Log)
{
    /// <summary>A policy failed to decide, at which a run ends.</summary>
    public bool IsUndecided { get; init; }
}

/// <summary>What becomes of a stage in a run.</summary>
public enum StageFate
{
    /// <summary>Its turn comes.</summary>
    Reached,

    /// <summary>Its policies leave it out.</summary>
    LeftOut,

    /// <summary>A policy of its place fails, so the run ends here.</summary>
    Undecided,

    /// <summary>The flow ends before it.</summary>
    NotReached,
}
