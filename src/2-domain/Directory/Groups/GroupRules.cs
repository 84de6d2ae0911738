using Postern.Directory.Rights;
using Postern.Storage.Kinds;

namespace Postern.Directory.Groups;

/// <summary>Rules of groups whichever door saves them: no circles, and nobody gives out more than they may.</summary>
static class GroupRules
{
    const string Circle = "Cannot set group as parent of itself.";

    public static async ValueTask CheckAsync(Group group, SaveContext context)
    {
        var parents = await LinkChange<Guid>.OfAsync(GroupKind.ParentLinks, group.Pk, group.Parents, context);
        if (await IsCircleAsync(group.Pk, parents.Added, context))
        {
            context.Errors.Add("parents", Circle);
            return;
        }
        if (context.Caller.IsSystem)
            return;
        await CheckSuperuserAsync(group, context);
        var rules = context.Get<MembershipRules>();
        Add(context, "parents", await rules.InheritAsync(context.Caller, parents.Added, context.Cancellation));
        if (context.Given.Contains("roles"))
        {
            var roles = await LinkChange<Guid>.OfAsync(GroupKind.RoleLinks, group.Pk, group.Roles, context);
            Add(context, "roles", await rules.AssignAsync(context.Caller, roles.Added, context.Cancellation));
        }
        // A new group has members only by the will of whoever may create it; what it gives them was checked above.
        if (context.Given.Contains("users") && !context.IsNew)
        {
            var users = await LinkChange<int>.OfAsync(GroupKind.UserLinks, group.Pk, group.Users, context);
            if (users.Added.Count > 0)
                Add(context, "users", await rules.JoinAsync(context.Caller, [group.Pk], context.Cancellation));
            if (users.Removed.Count > 0)
                Add(context, "users", await rules.LeaveAsync(context.Caller, [group.Pk], context.Cancellation));
        }
    }

    /// <summary>Two people may each put one group above the other at the same moment: whoever comes second sees the first's change here, before it is kept.</summary>
    public static async ValueTask RefuseCircleAsync(Group group, SaveContext context)
    {
        if (!context.Given.Contains("parents") || group.Parents.Count == 0)
            return;
        await context.Db.ExecuteAsync("SELECT pg_advisory_xact_lock(hashtext('group_parent'))", context.Cancellation);
        if (await IsCircleAsync(group.Pk, group.Parents, context))
            context.Errors.Add("parents", Circle);
    }

    static async ValueTask CheckSuperuserAsync(Group group, SaveContext context)
    {
        var before = !context.IsNew && context.Db.Entry(group).Property(g => g.IsSuperuser).OriginalValue;
        if (group.IsSuperuser == before)
            return;
        if (!await context.Get<MembershipRules>().MaySetSuperuserAsync(context.Caller, group.Pk, group.IsSuperuser, context.Cancellation))
            context.Errors.Add("is_superuser", $"User does not have permission to set superuser status to {group.IsSuperuser}.");
    }

    static async ValueTask<bool> IsCircleAsync(Guid group, IReadOnlyCollection<Guid> parents, SaveContext context) =>
        parents.Contains(group)
        || (parents.Count > 0 && !context.IsNew && await context.Db.ScalarAsync<bool>(
            "SELECT EXISTS (SELECT FROM unnest($2::uuid[]) p CROSS JOIN LATERAL group_ancestors(p) AS a (pk) WHERE a.pk = $1)", context.Cancellation, group, parents.ToArray()));

    static void Add(SaveContext context, string field, IEnumerable<string> refusals)
    {
        foreach (var refusal in refusals)
            context.Errors.Add(field, refusal);
    }
}
