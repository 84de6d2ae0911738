using Postern.Directory.Groups;
using Postern.Directory.Users;

namespace Postern.Rbac.Grants;

/// <summary>Whether a user holds a right, and by what.</summary>
/// <param name="ObjectName">Name of the object that was asked about; null for all objects of the kind.</param>
/// <param name="Allowed">What the product answers when the user tries.</param>
public sealed record RightExplanation(User User, CataloguePermission Permission, string? ObjectName, bool Allowed)
{
    /// <summary>The user owns the object, which is enough.</summary>
    public bool Owns { get; init; }

    /// <summary>Ways to groups whose members may do everything.</summary>
    public IReadOnlyList<IReadOnlyList<GroupName>> Superuser { get; init; } = [];

    /// <summary>Roles of the user that hold the right.</summary>
    public IReadOnlyList<RightSource> Sources { get; init; } = [];

    /// <summary>Roles that hold the right but do not count for the user.</summary>
    public IReadOnlyList<RoleName> Others { get; init; } = [];
}

/// <summary>A role that gives a user a right.</summary>
/// <param name="Role">The role.</param>
/// <param name="Ways">How the user comes to it: by groups, or by an empty way where it is assigned directly.</param>
public sealed record RightSource(RoleName Role, IReadOnlyList<IReadOnlyList<GroupName>> Ways);

/// <summary>A role by key and name; <paramref name="OneObject"/> says that it holds the right on the object alone.</summary>
public sealed record RoleName(Guid Pk, string Name, bool OneObject);
