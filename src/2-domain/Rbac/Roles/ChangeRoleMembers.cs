using System.Globalization;
using System.Text.Json.Nodes;
using Postern.Directory.Rights;
using Postern.Directory.Users;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage;
using Postern.Storage.Objects;

namespace Postern.Rbac.Roles;

/// <summary>
/// Gives one user a role or takes it away; doing it twice changes nothing. Needs <c>change_role</c> on the role, sight of the user, and all the
/// rights that the role gives. Writes the pair and the audit event. Faults: not found, forbidden.
/// </summary>
public sealed class ChangeRoleMembers(PosternDb db, ObjectQuery objects, IAccess access, MembershipRules rules, IAuditTrail audit)
{
    public Task<Result<Unit>> AddAsync(Caller caller, string role, int user, CancellationToken cancellation) =>
        ExecuteAsync(caller, role, user, adding: true, "INSERT INTO user_role (user_pk, role_pk) VALUES ($1, $2) ON CONFLICT DO NOTHING", cancellation);

    public Task<Result<Unit>> RemoveAsync(Caller caller, string role, int user, CancellationToken cancellation) =>
        ExecuteAsync(caller, role, user, adding: false, "DELETE FROM user_role WHERE user_pk = $1 AND role_pk = $2", cancellation);

    async Task<Result<Unit>> ExecuteAsync(Caller caller, string lookup, int pk, bool adding, string sql, CancellationToken cancellation)
    {
        if (!(await objects.FindAsync(RoleKind.Kind, caller, lookup, tracked: false, cancellation)).Succeeded(out var found, out var missing))
            return missing;
        var role = (Role)found;
        if (await access.RefuseAsync(caller, RoleKind.Kind.Change, RoleKind.Kind.KeyOf(role), cancellation) is { } refusal)
            return refusal;
        var user = await objects.FindAsync(UserKind.Kind, caller, pk.ToString(CultureInfo.InvariantCulture), tracked: false, cancellation);
        if (user.Fault is not null)
            return new Fault.NotFound(UserKind.Kind.Label);
        if (adding && await rules.AssignAsync(caller, [role.Pk], cancellation) is [var above, ..])
            return new Fault.Forbidden(above);
        return await db.InTransactionAsync<Result<Unit>>(
            async () =>
            {
                if (await db.ExecuteAsync(sql, cancellation, pk, role.Pk) > 0)
                {
                    var member = new JsonObject { ["pk"] = pk, ["username"] = ((User)user.Value).Username };
                    audit.Record(db, caller, ObjectChange.Updated, RoleKind.Kind, role, new JsonObject { ["users"] = new JsonObject { [adding ? "added" : "removed"] = new JsonArray(member) } });
                    await db.SaveChangesAsync(cancellation);
                }
                return Unit.Value;
            },
            _ => true,
            cancellation);
    }
}
