using Postern.Storage;

namespace Postern.Rbac.Grants;

/// <summary>Gives a role a right on one object; having it already changes nothing.</summary>
static class GrantObject
{
    /// <summary>Answers the number of the grant.</summary>
    public static Task<int> ExecuteAsync(PosternDb db, Guid role, CataloguePermission permission, string key, CancellationToken cancellation) => db.ScalarAsync<int>(
        """
        INSERT INTO role_object_permission (role_pk, permission, kind, object_pk) VALUES ($1, $2, $3, $4)
        ON CONFLICT (role_pk, permission, kind, object_pk) DO UPDATE SET kind = EXCLUDED.kind RETURNING id
        """,
        cancellation, role, permission.Name, permission.Kind, key);
}
