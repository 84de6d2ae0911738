using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage;

namespace Postern.Directory.Rights;

/// <summary>Nobody edits, resets or deletes an account that may do more than they may themselves.</summary>
public sealed class RightsCeiling(PosternDb db, IRights rights)
{
    /// <summary>Null when the user holds no right that the caller lacks, else the fault to answer.</summary>
    public async ValueTask<Fault?> RefuseAsync(Caller caller, int user, CancellationToken cancellation)
    {
        if (caller.IsSystem || caller.IsSuperuser || caller.UserPk == user)
            return null;
        var (superuser, roles) = await OfAsync(user, cancellation);
        var above = superuser || (await rights.AboveAsync(caller, roles, cancellation)).Count > 0;
        return above ? new Fault.Forbidden() : null;
    }

    async Task<(bool Superuser, Guid[] Roles)> OfAsync(int user, CancellationToken cancellation)
    {
        await using var row = await db.ReadAsync("SELECT is_superuser, roles FROM user_rights($1)", cancellation, user);
        await row.ReadAsync(cancellation);
        return (row.GetBoolean(0), row.GetFieldValue<Guid[]>(1));
    }
}
