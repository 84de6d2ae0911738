using Microsoft.EntityFrameworkCore;
using Postern.Kernel.Access;
using Postern.Storage;

namespace Postern.Directory.Views;

/// <summary>The caller's own views of a list, by name; with one statement.</summary>
public sealed class FindViews(PosternDb db)
{
    const int Most = 100;

    public async Task<IReadOnlyList<SavedView>> ExecuteAsync(Caller caller, string list, CancellationToken cancellation) => caller.UserPk is { } user
        ? await db.Set<SavedView>().AsNoTracking().Where(v => v.UserPk == user && v.List == list).OrderBy(v => v.Name).Take(Most).ToListAsync(cancellation)
        : [];
}
