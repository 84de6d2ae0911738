namespace Postern.Rbac.Grants;

/// <summary>A right of a role on everything of a kind.</summary>
sealed class RolePermission
{
    public int Id { get; set; }

    public Guid RolePk { get; set; }

    /// <summary><c>app.codename</c>.</summary>
    public string Permission { get; set; } = "";
}

/// <summary>A right of a role on one object.</summary>
sealed class RoleObjectPermission
{
    public int Id { get; set; }

    public Guid RolePk { get; set; }

    /// <summary><c>app.codename</c>.</summary>
    public string Permission { get; set; } = "";

    /// <summary>Wire name of the object's kind.</summary>
    public string Kind { get; set; } = "";

    /// <summary>Text of the object's key.</summary>
    public string ObjectPk { get; set; } = "";
}
