using System.Globalization;
using System.Text.Json.Nodes;
using Postern.Directory.Rights;
using Postern.Directory.Users;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage;
using Postern.Storage.Objects;

namespace Postern.Directory.Groups;

/// <summary>
/// Puts one user into a group or takes them out; doing it twice changes nothing. Needs <c>add_user_to_group</c> or <c>remove_user_from_group</c> on
/// the group and sight of both. Writes the pair and the audit event. Faults: not found, forbidden, invalid.
/// </summary>
public sealed class ChangeMembers(PosternDb db, ObjectQuery objects, IAccess access, MembershipRules rules, IAuditTrail audit)
{
    static readonly Permission Add = Permission.Parse("authentik_core.add_user_to_group");
    static readonly Permission Remove = Permission.Parse("authentik_core.remove_user_from_group");

    public Task<Result<Unit>> AddAsync(Caller caller, string group, int user, CancellationToken cancellation) =>
        ExecuteAsync(caller, group, user, Add, "INSERT INTO user_group (user_pk, group_pk) VALUES ($1, $2) ON CONFLICT DO NOTHING", cancellation);

    public Task<Result<Unit>> RemoveAsync(Caller caller, string group, int user, CancellationToken cancellation) =>
        ExecuteAsync(caller, group, user, Remove, "DELETE FROM user_group WHERE user_pk = $1 AND group_pk = $2", cancellation);

    async Task<Result<Unit>> ExecuteAsync(Caller caller, string lookup, int pk, Permission permission, string sql, CancellationToken cancellation)
    {
        if (!(await objects.FindAsync(GroupKind.Kind, caller, lookup, tracked: false, cancellation)).Succeeded(out var found, out var missing))
            return missing;
        var group = (Group)found;
        if (await access.RefuseAsync(caller, permission, GroupKind.Kind.KeyOf(group), cancellation) is { } refusal)
            return refusal;
        var user = await objects.FindAsync(UserKind.Kind, caller, pk.ToString(CultureInfo.InvariantCulture), tracked: false, cancellation);
        if (user.Fault is not null)
            return new Fault.NotFound(UserKind.Kind.Label);
        var adding = permission == Add;
        var texts = adding
            ? await rules.JoinAsync(caller, [group.Pk], cancellation)
            : await rules.LeaveAsync(caller, [group.Pk], cancellation);
        if (texts.Count > 0)
            return new Fault.Forbidden(texts[0]);
        return await db.InTransactionAsync<Result<Unit>>(
            async () =>
            {
                if (await db.ExecuteAsync(sql, cancellation, pk, group.Pk) > 0)
                {
                    var member = new JsonObject { ["pk"] = pk, ["username"] = ((User)user.Value).Username };
                    audit.Record(db, caller, ObjectChange.Updated, GroupKind.Kind, group, new JsonObject { ["users"] = new JsonObject { [adding ? "added" : "removed"] = new JsonArray(member) } });
                    await db.SaveChangesAsync(cancellation);
                }
                return Unit.Value;
            },
            r => r.Fault is null,
            cancellation);
    }
}
