using Postern.Storage.Kinds;

namespace Postern.Flows;

/// <summary>One step people meet in a flow. What all stages have in common; each kind of stage derives from it.</summary>
public class Stage : Configured
{
    public string Name { get; set; } = "";
}
