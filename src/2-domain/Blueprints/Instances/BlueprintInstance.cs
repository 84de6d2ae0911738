using System.Text.Json.Nodes;

namespace Postern.Blueprints.Instances;

/// <summary>A blueprint that is kept applied: a file of the installation, or a text of its own.</summary>
public sealed class BlueprintInstance
{
    public Guid Pk { get; set; } = Guid.CreateVersion7();

    public string Name { get; set; } = "";

    /// <summary>Path of the file below the blueprints folder; blank when the instance has a text of its own.</summary>
    public string Path { get; set; } = "";

    /// <summary>The text when there is no file.</summary>
    public string Content { get; set; } = "";

    /// <summary>Context values that win over the blueprint's own.</summary>
    public JsonObject Context { get; set; } = [];

    public bool Enabled { get; set; } = true;

    public BlueprintStatus Status { get; set; } = BlueprintStatus.Unknown;

    public DateTimeOffset LastApplied { get; set; }

    /// <summary>SHA-512 of the content that was last applied; blank before.</summary>
    public string LastAppliedHash { get; set; } = "";

    /// <summary>Wire names of the models it has objects of.</summary>
    public List<string> ManagedModels { get; set; } = [];

    /// <summary>Name and labels of the blueprint.</summary>
    public JsonObject Metadata { get; set; } = [];

    /// <summary>What became of each entry when it was last applied.</summary>
    public JsonObject Report { get; set; } = [];
}
