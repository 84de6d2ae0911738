namespace Postern.Rbac.Roles;

/// <summary>A set of rights. Users have it directly or through their groups and the ancestors of these; nobody holds rights otherwise.</summary>
public sealed class Role
{
    public Guid Pk { get; set; } = Guid.NewGuid();

    public string Name { get; set; } = "";

    /// <summary>Set for roles that the product keeps itself.</summary>
    public string? Managed { get; set; }
}
