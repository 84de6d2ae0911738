using Postern.Kernel.Access;
using Postern.Storage;

namespace Postern.Rbac.Grants;

/// <summary>
/// What a caller may do: nobody nothing, superusers everything, others what their roles hold, direct and inherited. Answers for one request are
/// remembered for that request.
/// </summary>
sealed class RoleAccess(GlobalGrants grants, PosternDb db) : IAccess
{
    readonly Dictionary<(int?, Permission), AccessScope> answers = [];

    public async ValueTask<AccessScope> ScopeAsync(Caller caller, Permission permission, CancellationToken cancellation)
    {
        if (caller.IsSystem || (caller.IsAuthenticated && caller.IsSuperuser))
            return AccessScope.Everything;
        if (!caller.IsAuthenticated || caller.Roles.Count == 0)
            return AccessScope.Nothing;
        if (!answers.TryGetValue((caller.UserPk, permission), out var answer))
            answers[(caller.UserPk, permission)] = answer = await AskAsync(caller.Roles, permission.ToString(), cancellation);
        return answer;
    }

    async ValueTask<AccessScope> AskAsync(IReadOnlyList<Guid> roles, string permission, CancellationToken cancellation)
    {
        if (await grants.HoldAsync(roles, permission, cancellation))
            return AccessScope.Everything;
        var keys = await db.ScalarAsync<string[]>(
            "SELECT array_agg(DISTINCT object_pk) FROM role_object_permission WHERE role_pk = ANY($1) AND permission = $2", cancellation, roles.ToArray(), permission);
        return new AccessScope { Keys = keys ?? [] };
    }
}
