using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Postern.Storage;
using Postern.Storage.Opening;
using Postern.Storage.Snapshots;

namespace Postern.Sources;

/// <summary>All sources at one moment. What comes out of it is shared: read it, never change it.</summary>
public sealed class SourcePicture
{
    readonly FrozenDictionary<string, Source> bySlug;
    readonly FrozenDictionary<Guid, Source> byPk;

    internal SourcePicture(IReadOnlyList<Source> sources)
    {
        bySlug = sources.ToFrozenDictionary(s => s.Slug, StringComparer.Ordinal);
        byPk = sources.ToFrozenDictionary(s => s.Pk);
        Enabled = [.. sources.Where(s => s.Enabled).OrderBy(s => s.Name, StringComparer.OrdinalIgnoreCase).ThenBy(s => s.Slug, StringComparer.Ordinal)];
    }

    /// <summary>Those that may be used, by name.</summary>
    public IReadOnlyList<Source> Enabled { get; }

    public Source? Find(string slug) => bySlug.GetValueOrDefault(slug);

    public Source? Find(Guid pk) => byPk.GetValueOrDefault(pk);

    internal static Snapshot<SourcePicture> Watch(SnapshotHub hub, IServiceScopeFactory scopes) => hub.Declare(["source"], async cancellation =>
    {
        await using var scope = scopes.CreateAsyncScope(Pool.Pictures);
        return new SourcePicture(await scope.ServiceProvider.GetRequiredService<PosternDb>().Set<Source>().AsNoTracking().ToListAsync(cancellation));
    });
}
