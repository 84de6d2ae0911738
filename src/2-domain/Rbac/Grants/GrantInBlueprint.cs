using Postern.Blueprints.Importing;
using Postern.Directory.Users;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage;
using Postern.Storage.Kinds;

namespace Postern.Rbac.Grants;

/// <summary>
/// Grants the rights on single objects that blueprints list. Users hold rights through roles only, so a user gets a role of their own for them.
/// </summary>
sealed class GrantInBlueprint(PosternDb db, PermissionCatalogue catalogue, GrantCeiling ceiling) : IObjectGrants
{
    public async ValueTask<Result<Unit>> GrantAsync(
        Caller caller, ModelKind kind, object entity, string permission, int? user, Guid? role, CancellationToken cancellation)
    {
        var concrete = kind.Of(entity);
        if (catalogue.Find(permission.Contains('.', StringComparison.Ordinal) ? permission : $"{concrete.App}.{permission}") is not { } known
            || !string.Equals(known.Kind, concrete.Name, StringComparison.OrdinalIgnoreCase))
            return Fault.Field("permissions", $"There is no permission \"{permission}\" on {concrete.LabelPlural}.");
        var key = concrete.KeyOf(entity);
        if (!await ceiling.HoldsAsync(caller, known, key, cancellation))
            return Fault.Field("permissions", $"User does not hold permission {known.Name}.");
        if (await HolderAsync(user, role, cancellation) is not { } holder)
            return Fault.Field("permissions", user is null ? $"There is no role {role}." : $"There is no user {user}.");
        await GrantObject.ExecuteAsync(db, holder, known, key, cancellation);
        return Unit.Value;
    }

    async Task<Guid?> HolderAsync(int? user, Guid? role, CancellationToken cancellation)
    {
        if (role is { } pk)
            return await db.ScalarAsync<Guid?>("SELECT pk FROM role WHERE pk = $1", cancellation, pk);
        if (await db.FindAsync<User>([user!.Value], cancellation) is null)
            return null;
        return await OwnRoleAsync(user.Value, cancellation);
    }

    // The name is the reference's, so that what is exported from there finds its role here.
    Task<Guid> OwnRoleAsync(int user, CancellationToken cancellation) => db.ScalarAsync<Guid>(
        """
        WITH kept AS (
            INSERT INTO role (pk, name, managed) VALUES ($2, $3, $3) ON CONFLICT (managed) DO UPDATE SET name = role.name RETURNING pk
        ), held AS (
            INSERT INTO user_role (user_pk, role_pk) SELECT $1, pk FROM kept ON CONFLICT DO NOTHING
        )
        SELECT pk FROM kept
        """,
        cancellation, user, Guid.NewGuid(), $"ak-managed-role--user-{user}");
}
