using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Postern.Storage;
using Postern.Storage.Opening;
using Postern.Storage.Snapshots;

namespace Postern.Brands;

/// <summary>Answers the brand of a host from memory.</summary>
public sealed class BrandPicture(IReadOnlyList<Brand> brands)
{
    public IReadOnlyList<Brand> All => brands;

    public Brand For(string host) => Brand.For(host, brands);

    /// <summary>The brand of a key; null for none.</summary>
    public Brand? Find(Guid pk) => brands.FirstOrDefault(b => b.Pk == pk);

    internal static Snapshot<BrandPicture> Watch(SnapshotHub hub, IServiceScopeFactory scopes) => hub.Declare<BrandPicture>(["brand"], async cancellation =>
    {
        await using var scope = scopes.CreateAsyncScope(Pool.Pictures);
        return new(await scope.ServiceProvider.GetRequiredService<PosternDb>().Set<Brand>().AsNoTracking().ToListAsync(cancellation));
    });
}
