using FsCheck;
using FsCheck.Fluent;

namespace Postern.Tests.Property.Rbac;

/// <summary>A small installation: who is in which group, which groups lie above which, who has which role, and what roles may do.</summary>
/// <param name="Parents">For each group the groups above it; only later ones, so that there is no circle.</param>
/// <param name="Memberships">For each user the groups they are in.</param>
/// <param name="GroupRoles">For each group its roles.</param>
/// <param name="UserRoles">For each user their roles.</param>
/// <param name="Rights">For each role what it may do; see <see cref="Delegation.Right"/>.</param>
sealed record Graph(int[][] Parents, int[][] Memberships, int[][] GroupRoles, int[][] UserRoles, Right[][] Rights);

/// <summary>A right on everything, or on one object by its number among its kind.</summary>
sealed record Right(string Name, int? On);

/// <summary>Something somebody tries. Numbers name users, groups and roles; what an act does not need it ignores.</summary>
sealed record Act(string Kind, int User, int Group, int Other, int Role, int Right);

/// <summary>Makes installations and what a delegated administrator tries in them.</summary>
static class Delegation
{
    public const int Users = 4, Groups = 5, Roles = 5;

    /// <summary>The last group is the one of superusers.</summary>
    public const int Superusers = Groups - 1;

    static readonly string[] onUsers = ["authentik_core.view_user", "authentik_core.change_user", "authentik_core.reset_user_password", "authentik_core.delete_user"];
    static readonly string[] onGroups = ["authentik_core.view_group", "authentik_core.change_group", "authentik_core.add_user_to_group", "authentik_core.remove_user_from_group"];
    static readonly string[] onRoles = ["authentik_rbac.view_role", "authentik_rbac.change_role", "authentik_rbac.assign_role_permissions"];
    static readonly string[] onNothing = ["authentik_core.add_user", "authentik_core.add_group", "authentik_core.add_token", "authentik_core.view_token", "authentik_core.view_token_key"];

    /// <summary>Rights that are given away in the game; making superusers is none of them, because whoever holds it may become one.</summary>
    public static readonly string[] All = [.. onUsers, .. onGroups, .. onRoles, .. onNothing];

    static readonly string[] kinds =
        ["join", "add", "assign", "parent", "member", "group-role", "superuser", "grant", "grant-one", "password", "token", "new-user", "new-group", "key"];

    public static Gen<(Graph, Act[])> Games() =>
        from parents in Gen.CollectToArray(Enumerable.Range(0, Groups), g => Some(Groups - g - 1, 2).Select(above => above.Select(a => g + 1 + a).ToArray()))
        from members in Gen.CollectToArray(Enumerable.Range(0, Users), u => Some(u == 0 ? Superusers : Groups, 2))
        from groupRoles in Gen.CollectToArray(Enumerable.Range(0, Groups), _ => Some(Roles, 2))
        from userRoles in Gen.CollectToArray(Enumerable.Range(0, Users), u => Some(Roles, u == 0 ? 3 : 1))
        from rights in Gen.CollectToArray(Enumerable.Range(0, Roles), _ => Rights())
        from acts in Acts().ArrayOf(30)
        select (new Graph(parents, members, groupRoles, userRoles, rights), acts);

    static Gen<int[]> Some(int below, int most) =>
        below <= 0 ? Gen.Constant(Array.Empty<int>()) : Gen.Choose(0, most).SelectMany(count => Gen.Choose(0, below - 1).ArrayOf(count)).Select(some => some.Distinct().ToArray());

    static Gen<Right[]> Rights() => Gen.Choose(0, 6).SelectMany(count => OneRight().ArrayOf(count));

    static Gen<Right> OneRight() => Gen.OneOf(
        Gen.Elements(All).Select(name => new Right(name, On: null)),
        On(onUsers, Users), On(onGroups, Groups), On(onRoles, Roles));

    static Gen<Right> On(string[] names, int objects) => from name in Gen.Elements(names) from one in Gen.Choose(0, objects - 1) select new Right(name, one);

    static Gen<Act> Acts() =>
        from kind in Gen.Elements(kinds)
        from user in Gen.Choose(0, Users - 1)
        from @group in Gen.Choose(0, Groups - 1)
        from other in Gen.Choose(0, Groups - 1)
        from role in Gen.Choose(0, Roles - 1)
        from right in Gen.Choose(0, All.Length - 1)
        select new Act(kind, user, @group, other, role, right);
}
