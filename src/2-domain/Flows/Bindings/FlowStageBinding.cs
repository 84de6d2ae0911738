using Postern.Policies.Engine;

namespace Postern.Flows.Bindings;

/// <summary>A stage's place in a flow. Policies may be bound to it.</summary>
public sealed class FlowStageBinding
{
    public Guid Pk { get; set; } = Guid.NewGuid();

    /// <summary>The flow.</summary>
    public Guid Target { get; set; }

    public Guid Stage { get; set; }

    public int Order { get; set; }

    /// <summary>Its policies are asked when the plan is made.</summary>
    public bool EvaluateOnPlan { get; set; }

    /// <summary>Its policies are asked just before the stage is shown.</summary>
    public bool ReEvaluatePolicies { get; set; } = true;

    public PolicyEngineMode PolicyEngineMode { get; set; } = PolicyEngineMode.Any;

    public InvalidResponseAction InvalidResponseAction { get; set; } = InvalidResponseAction.Retry;
}

/// <summary>What follows an answer that a stage refuses.</summary>
public enum InvalidResponseAction
{
    Retry,
    Restart,
    RestartWithContext,
}
