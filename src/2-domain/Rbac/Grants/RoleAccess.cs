using Npgsql;
using Postern.Kernel.Access;

namespace Postern.Rbac.Grants;

/// <summary>
/// What a caller may do: nobody nothing, superusers everything, others what their roles hold, direct and inherited. Answers for one request are
/// remembered for that request.
/// </summary>
sealed class RoleAccess(GlobalGrants grants, NpgsqlDataSource database) : IAccess
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
        await using var command = database.CreateCommand("SELECT DISTINCT object_pk FROM role_object_permission WHERE role_pk = ANY($1) AND permission = $2");
        command.Parameters.Add(new() { Value = roles.ToArray() });
        command.Parameters.Add(new() { Value = permission });
        var keys = new List<string>();
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
            keys.Add(rows.GetString(0));
        return new AccessScope { Keys = keys };
    }
}
