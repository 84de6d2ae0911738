using System.Globalization;
using System.Numerics;
using Postern.Storage.Kinds;

namespace Postern.Directory.Groups;

/// <summary>The declaration of groups.</summary>
public static class GroupKind
{
    public static readonly ModelKind<Group> Kind = ModelKind<Group>.Declare("authentik_core.group", static (k, kind) =>
    {
        k.Labels("Group", "Groups").Path("core/groups").Table("group");
        k.Key(g => g.Pk);
        k.Computed("num_pk", g => NumberOf(g.Pk));
        k.Text("name", g => g.Name).Required().Unique();
        k.Boolean("is_superuser", g => g.IsSuperuser);
        k.Links("parents", g => g.Parents, "authentik_core.group", new("group_parent", "child_pk", "parent_pk"));
        k.Links("users", g => g.Users, "authentik_core.user", new("user_group", "group_pk", "user_pk")).NotExported();
        k.Links("roles", g => g.Roles, "authentik_rbac.role", new("group_role", "group_pk", "role_pk"));
        k.Json("attributes", g => g.Attributes);
        k.Filters("name", "is_superuser");
        k.Search(g => g.Name);
        k.Order("name", "is_superuser");
    });

    /// <summary>The first five decimal digits of the key as a number; numeric ids of directories build on it.</summary>
    public static int NumberOf(Guid pk)
    {
        var number = new BigInteger(pk.ToByteArray(bigEndian: true), isUnsigned: true, isBigEndian: true).ToString(CultureInfo.InvariantCulture);
        return int.Parse(number.AsSpan(0, Math.Min(5, number.Length)), CultureInfo.InvariantCulture);
    }
}
