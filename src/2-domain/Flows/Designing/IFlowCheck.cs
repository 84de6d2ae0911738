namespace Postern.Flows.Designing;

/// <summary>One look through flows for what will surprise people. Slices register a check for what they know.</summary>
public interface IFlowCheck
{
    IEnumerable<FlowFinding> Check(FlowDesign design);
}

/// <summary>Something about a flow that its administrator should know.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="Message">What is so.</param>
/// <param name="Advice">What to do about it.</param>
public sealed record FlowFinding(FindingSeverity Severity, string Message, string Advice)
{
    /// <summary>The place it is about; null for the whole flow.</summary>
    public Guid? Binding { get; init; }
}

/// <summary>How bad a finding is.</summary>
public enum FindingSeverity
{
    /// <summary>The flow cannot do what it is for.</summary>
    Error,

    /// <summary>It will surprise people.</summary>
    Warning,

    /// <summary>Worth knowing.</summary>
    Hint,
}
