using Postern.Storage.Kinds;

namespace Postern.Applications.Mappings;

/// <summary>An expression that turns what is known of a user into what others are told. What all mappings have in common; each kind derives from it.</summary>
public class PropertyMapping : Configured
{
    /// <summary>Key of a mapping that the product ships and keeps up to date; null for others.</summary>
    public string? Managed { get; set; }

    public string Name { get; set; } = "";

    public string Expression { get; set; } = "";
}
