namespace Postern.Rbac.Grants;

/// <summary>Rights that a role gets on every object which one of its users creates.</summary>
public sealed class InitialPermissions
{
    public int Pk { get; set; }

    public string Name { get; set; } = "";

    public Guid RolePk { get; set; }

    /// <summary>Numbers of the catalogue.</summary>
    public List<int> Permissions { get; set; } = [];
}
