using System.Text.Json.Nodes;

namespace Postern.Applications.Entitlements;

/// <summary>Something an application grants to some of its users (a role inside it). Whom it is bound to has it.</summary>
public sealed class ApplicationEntitlement
{
    public Guid Pk { get; set; } = Guid.CreateVersion7();

    public string Name { get; set; } = "";

    /// <summary>The application.</summary>
    public Guid App { get; set; }

    public JsonObject Attributes { get; set; } = [];
}
