using Microsoft.EntityFrameworkCore;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage.Objects;

namespace Postern.Directory.Users;

/// <summary>The folders of users as a tree, in the order of their names, with the number of users in and below each. Shows what the caller may view.</summary>
public sealed class FindFolders(ObjectQuery objects)
{
    public async Task<Result<IReadOnlyList<UserFolder>>> ExecuteAsync(Caller caller, CancellationToken cancellation)
    {
        if (!(await objects.MatchingAsync(UserKind.Kind, caller, new ListRequest(), cancellation)).Succeeded(out var users, out var refusal))
            return refusal;
        var counts = await users.GroupBy(u => u.Path).Select(g => new { Path = g.Key, Count = g.Count() }).ToListAsync(cancellation);
        return Result<IReadOnlyList<UserFolder>>.Of(Tree(counts.Select(c => (c.Path, c.Count))));
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
