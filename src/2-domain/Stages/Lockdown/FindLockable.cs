using Microsoft.EntityFrameworkCore;
using Postern.Directory.Rights;
using Postern.Directory.Users;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage;
using Postern.Storage.Objects;

namespace Postern.Stages.Lockdown;

/// <summary>Finds the account that somebody may lock.</summary>
sealed class FindLockable(PosternDb db, ObjectQuery objects, IAccess access, RightsCeiling ceiling)
{
    /// <summary>Who asks, and about whom.</summary>
    public async ValueTask<Result<(User Asker, User Target)>> ExecuteAsync(Caller caller, string? lookup, CancellationToken cancellation)
    {
        if (caller.UserPk is not { } pk || await db.Set<User>().FirstOrDefaultAsync(u => u.Pk == pk, cancellation) is not { } asker)
            return new Fault.Unauthenticated();
        if (lookup is null)
            return (asker, asker);
        if (!(await objects.FindAsync(UserKind.Kind, caller, lookup, tracked: true, cancellation)).Succeeded(out var entity, out var missing))
            return missing;
        var target = (User)entity;
        return target.Pk == asker.Pk ? (asker, target)
            : await access.RefuseAsync(caller, UserKind.Kind.Change, UserKind.Kind.KeyOf(target), cancellation) is { } refusal ? refusal
            : await ceiling.RefuseAsync(caller, target.Pk, cancellation) is { } above ? above
            : (asker, target);
    }
}
