using System.Text.Json.Nodes;

namespace Postern.Directory.Groups;

/// <summary>A set of users; members of a group are members of all its ancestors.</summary>
public sealed class Group
{
    public Guid Pk { get; set; } = Guid.NewGuid();

    public string Name { get; set; } = "";

    /// <summary>Members, also of descendants, may do everything.</summary>
    public bool IsSuperuser { get; set; }

    public JsonObject Attributes { get; set; } = [];

    /// <summary>Filled only where a use case asks for it, as are the lists below.</summary>
    public List<Guid> Parents { get; set; } = [];

    public List<int> Users { get; set; } = [];

    public List<Guid> Roles { get; set; } = [];
}
