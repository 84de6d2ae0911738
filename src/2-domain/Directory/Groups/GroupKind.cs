using System.Globalization;
using System.Numerics;
using Microsoft.EntityFrameworkCore;
using Postern.Directory.Users;
using Postern.Storage.Kinds;

namespace Postern.Directory.Groups;

/// <summary>The declaration of groups.</summary>
public static class GroupKind
{
    internal static readonly LinkTable ParentLinks = new("group_parent", "child_pk", "parent_pk");
    internal static readonly LinkTable UserLinks = new("user_group", "group_pk", "user_pk");
    internal static readonly LinkTable RoleLinks = new("group_role", "group_pk", "role_pk");

    public static readonly ModelKind<Group> Kind = ModelKind<Group>.Declare("authentik_core.group", static (k, kind) =>
    {
        k.Labels("Group", "Groups").Path("core/groups").PathParameter("group_uuid").Table("group");
        k.Permissions(
            ("add_user_to_group", "Add user to group"),
            ("remove_user_from_group", "Remove user from group"),
            ("enable_group_superuser", "Enable superuser status"),
            ("disable_group_superuser", "Disable superuser status"));
        k.Key(g => g.Pk);
        k.Computed("num_pk", g => NumberOf(g.Pk));
        k.Text("name", g => g.Name).Required().Unique();
        k.Boolean("is_superuser", g => g.IsSuperuser).Help("Users added to this group will be superusers.");
        k.Links("parents", g => g.Parents, "authentik_core.group", ParentLinks);
        k.Computed("parents_obj", (page, context) => GroupRelatives.LoadAsync(page, g => g.Parents, context)).OnRequest();
        k.Links("users", g => g.Users, "authentik_core.user", UserLinks).NotExported();
        k.ExpandMany("users_obj", g => g.Users, "authentik_core.user", UserKind.Partial);
        k.Json("attributes", g => g.Attributes);
        k.Links("roles", g => g.Roles, "authentik_rbac.role", RoleLinks);
        k.ExpandMany("roles_obj", g => g.Roles, "authentik_rbac.role");
        k.Computed("inherited_roles_obj", GroupRelatives.InheritedRolesAsync).OnRequest();
        k.Computed("children", async (page, context) =>
        {
            var children = await GroupRelatives.ChildrenAsync(page, context);
            return group => children[group.Pk].ToList();
        });
        k.Computed("children_obj", async (page, context) =>
        {
            var children = await GroupRelatives.ChildrenAsync(page, context);
            return await GroupRelatives.LoadAsync(page, g => children[g.Pk], context);
        }).OnRequest();
        k.Filters("name", "is_superuser");
        k.Filter("members_by_pk", (query, db, values, errors) =>
        {
            foreach (var malformed in values.Where(v => !int.TryParse(v, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
                errors.Add("members_by_pk", $"Select a valid choice. {malformed} is not one of the available choices.");
            int[] members = [.. values.Select(v => int.TryParse(v, NumberStyles.None, CultureInfo.InvariantCulture, out var pk) ? pk : 0)];
            var groups = db.Database.SqlQueryRaw<Guid>("SELECT group_pk AS \"Value\" FROM user_group WHERE user_pk = ANY({0})", members);
            return query.Where(g => groups.Contains(g.Pk));
        });
        k.Filter("members_by_username", (query, db, values, _) =>
        {
            var groups = db.Database.SqlQueryRaw<Guid>(
                "SELECT group_pk AS \"Value\" FROM user_group JOIN \"user\" ON pk = user_pk WHERE username = ANY({0})", [values.ToArray()]);
            return query.Where(g => groups.Contains(g.Pk));
        });
        k.Filter("attributes", (query, values, errors) => AttributeFilter.Apply(query, g => g.Attributes, values[^1], errors));
        k.Search(g => g.Name);
        k.Query(new Storage.Queries.QueryLanguage<Group>().Text("name", g => g.Name).Boolean("is_superuser", g => g.IsSuperuser).Json("attributes", g => g.Attributes));
        k.Order("name", "is_superuser");
        k.Validate(GroupRules.CheckAsync);
        k.AfterSave(GroupRules.RefuseCircleAsync);
    });

    /// <summary>The first five decimal digits of the key as a number; numeric ids of directories build on it.</summary>
    public static int NumberOf(Guid pk)
    {
        var number = new BigInteger(pk.ToByteArray(bigEndian: true), isUnsigned: true, isBigEndian: true).ToString(CultureInfo.InvariantCulture);
        return int.Parse(number.AsSpan(0, Math.Min(5, number.Length)), CultureInfo.InvariantCulture);
    }
}
