using Postern.Kernel.Access;
using Postern.Storage;

namespace Postern.Directory.Rights;

/// <summary>
/// Who may put users into groups and give out roles: the right on the group, the right to make or unmake superusers where the group or an
/// ancestor does, and never more rights than one holds. Answers the refusals as texts for the field at hand.
/// </summary>
public sealed class MembershipRules(PosternDb db, IAccess access, IRights rights)
{
    static readonly Permission Add = Permission.Parse("authentik_core.add_user_to_group");
    static readonly Permission Remove = Permission.Parse("authentik_core.remove_user_from_group");
    static readonly Permission Enable = Permission.Parse("authentik_core.enable_group_superuser");
    static readonly Permission Disable = Permission.Parse("authentik_core.disable_group_superuser");
    static readonly Permission ChangeRole = Permission.Parse("authentik_rbac.change_role");

    /// <summary>Users are put into these groups.</summary>
    public async Task<IReadOnlyList<string>> JoinAsync(Caller caller, IReadOnlyCollection<Guid> groups, CancellationToken cancellation)
    {
        var refusals = new List<string>();
        foreach (var group in await FactsAsync(caller, groups, cancellation))
        {
            if (!await HoldsAsync(caller, Add, group.Pk, cancellation))
                refusals.Add($"User does not have permission to add users to group {group.Name}.");
            else
                refusals.AddRange(await GainAsync(caller, group, cancellation));
        }
        return refusals;
    }

    /// <summary>Users leave these groups.</summary>
    public async Task<IReadOnlyList<string>> LeaveAsync(Caller caller, IReadOnlyCollection<Guid> groups, CancellationToken cancellation)
    {
        var refusals = new List<string>();
        foreach (var group in await FactsAsync(caller, groups, cancellation))
        {
            if (!await HoldsAsync(caller, Remove, group.Pk, cancellation))
                refusals.Add($"User does not have permission to remove users from group {group.Name}.");
            else if (group.IsSuperuser && !await HoldsAsync(caller, Disable, group.Pk, cancellation))
                refusals.Add($"User does not have permission to remove users from superuser group {group.Name}.");
        }
        return refusals;
    }

    /// <summary>A group gets these parents, so that its members gain what the parents give.</summary>
    public async Task<IReadOnlyList<string>> InheritAsync(Caller caller, IReadOnlyCollection<Guid> parents, CancellationToken cancellation)
    {
        var refusals = new List<string>();
        foreach (var parent in await FactsAsync(caller, parents, cancellation))
            refusals.AddRange(await GainAsync(caller, parent, cancellation));
        return refusals;
    }

    /// <summary>A user or group gets these roles.</summary>
    public async Task<IReadOnlyList<string>> AssignAsync(Caller caller, IReadOnlyCollection<Guid> roles, CancellationToken cancellation)
    {
        if (IsAboveAll(caller) || roles.Count == 0)
            return [];
        var above = await rights.AboveAsync(caller, roles, cancellation);
        var refusals = new List<string>();
        foreach (var role in roles)
        {
            if (!await HoldsAsync(caller, ChangeRole, role, cancellation))
                refusals.Add($"User does not have permission to assign role {role}.");
            else if (above.Contains(role))
                refusals.Add($"Role {role} holds permissions that the user does not hold.");
        }
        return refusals;
    }

    /// <summary>Whether the caller may make (or unmake) a group a superuser group.</summary>
    public ValueTask<bool> MaySetSuperuserAsync(Caller caller, Guid group, bool value, CancellationToken cancellation) =>
        HoldsAsync(caller, value ? Enable : Disable, group, cancellation);

    async Task<IReadOnlyList<string>> GainAsync(Caller caller, GroupFacts group, CancellationToken cancellation)
    {
        var refusals = new List<string>();
        if (group.IsSuperuser && !await HoldsAsync(caller, Enable, group.Pk, cancellation))
            refusals.Add($"User does not have permission to add users to superuser group {group.Name}.");
        if ((await rights.AboveAsync(caller, group.Roles, cancellation)).Count > 0)
            refusals.Add($"Group {group.Name} holds permissions that the user does not hold.");
        return refusals;
    }

    async Task<IReadOnlyList<GroupFacts>> FactsAsync(Caller caller, IReadOnlyCollection<Guid> groups, CancellationToken cancellation) =>
        IsAboveAll(caller) ? [] : await GroupFacts.LoadAsync(db, groups, cancellation);

    async ValueTask<bool> HoldsAsync(Caller caller, Permission permission, Guid key, CancellationToken cancellation) =>
        IsAboveAll(caller) || await access.RefuseAsync(caller, permission, key.ToString(), cancellation) is null;

    static bool IsAboveAll(Caller caller) => caller.IsSystem || caller is { IsAuthenticated: true, IsSuperuser: true };
}
