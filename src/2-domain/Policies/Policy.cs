using Postern.Storage.Kinds;

namespace Postern.Policies;

/// <summary>A rule that lets someone pass or not. What all policies have in common; each kind of policy derives from it.</summary>
public class Policy : Configured
{
    public string Name { get; set; } = "";

    /// <summary>Record every evaluation as an event, not only failing ones.</summary>
    public bool ExecutionLogging { get; set; }
}
