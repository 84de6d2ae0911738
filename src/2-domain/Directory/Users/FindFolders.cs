using Microsoft.EntityFrameworkCore;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage;
using Postern.Storage.Objects;

namespace Postern.Directory.Users;

/// <summary>The folders of users as a tree, in the order of their names, with the number of users in and below each. Shows what the caller may view.</summary>
public sealed class FindFolders(ObjectQuery objects, IAccess access, PosternDb db)
{
    /// <summary>How many users the folders have, kept by triggers.</summary>
    internal const string Kept = "SELECT path, sum(delta)::integer FROM user_folder_count GROUP BY path HAVING sum(delta) > 0";

    public async Task<Result<IReadOnlyList<UserFolder>>> ExecuteAsync(Caller caller, CancellationToken cancellation) => (await CountsAsync(caller, cancellation)).Then(Tree);

    /// <summary>Folders that users are in, in no order.</summary>
    public async Task<Result<IReadOnlyList<string>>> PathsAsync(Caller caller, CancellationToken cancellation) =>
        (await CountsAsync(caller, cancellation)).Then(counts => (IReadOnlyList<string>)[.. counts.Select(c => c.Path)]);

    async Task<Result<IReadOnlyList<(string Path, int Count)>>> CountsAsync(Caller caller, CancellationToken cancellation)
    {
        if (caller.IsSystem || (caller.IsAuthenticated && (await access.ScopeAsync(caller, UserKind.Kind.View, cancellation)).All))
            return Result<IReadOnlyList<(string Path, int Count)>>.Of(await KeptAsync(cancellation));
        if (!(await objects.MatchingAsync(UserKind.Kind, caller, new ListRequest(), cancellation)).Succeeded(out var users, out var refusal))
            return refusal;
        var counts = await users.GroupBy(u => u.Path).Select(g => new { Path = g.Key, Count = g.Count() }).ToListAsync(cancellation);
        return Result<IReadOnlyList<(string Path, int Count)>>.Of([.. counts.Select(c => (c.Path, c.Count))]);
    }

    async Task<IReadOnlyList<(string Path, int Count)>> KeptAsync(CancellationToken cancellation)
    {
        var counts = new List<(string, int)>();
        await using var rows = await db.ReadAsync(Kept, cancellation);
        while (await rows.ReadAsync(cancellation))
            counts.Add((rows.GetString(0), rows.GetInt32(1)));
        return counts;
    }

    /// <summary>Folders that hold only folders are part of the tree, too.</summary>
    internal static IReadOnlyList<UserFolder> Tree(IEnumerable<(string Path, int Count)> counts)
    {
        var totals = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (path, count) in counts)
        {
            for (var end = path.Length; end > 0; end = path.LastIndexOf('/', end - 1))
                totals[path[..end]] = totals.GetValueOrDefault(path[..end]) + count;
        }
        return [.. totals.OrderBy(t => t.Key.Replace('/', '\0'), StringComparer.Ordinal).Select(t => new UserFolder(t.Key, t.Value))];
    }
}

/// <summary>A folder of users.</summary>
/// <param name="Path">Its names joined by slashes.</param>
/// <param name="Count">Users in it and below it.</param>
public sealed record UserFolder(string Path, int Count)
{
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>0 at the top.</summary>
    public int Depth => Path.Count(c => c == '/');
}
