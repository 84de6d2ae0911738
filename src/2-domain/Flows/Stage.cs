using Postern.Storage.Kinds;

namespace Postern.Flows;

/// <summary>One step people meet in a flow. What all stages have in common; each kind of stage derives from it.</summary>
public class Stage : Configured
{
    public string Name { get; set; } = "";

    /// <summary>How the flow ends for whoever comes to this stage, in a few words; null for stages that others may follow.</summary>
    public virtual string? Ending() => null;
}
