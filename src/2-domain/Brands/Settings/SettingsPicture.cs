using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Postern.Api.Kinds;
using Postern.Storage;
using Postern.Storage.Opening;
using Postern.Storage.Snapshots;

namespace Postern.Brands.Settings;

/// <summary>The system settings in force, from memory.</summary>
public static class SettingsPicture
{
    internal static Snapshot<SystemSettings> Watch(SnapshotHub hub, IServiceScopeFactory scopes) => hub.Declare<SystemSettings>(["system_settings"], async cancellation =>
    {
        await using var scope = scopes.CreateAsyncScope(Pool.Pictures);
        return await scope.ServiceProvider.GetRequiredService<PosternDb>().Set<SystemSettings>().AsNoTracking().SingleAsync(cancellation);
    });
}

/// <summary>Page sizes as the system settings say.</summary>
sealed class PageLimits(Snapshot<SystemSettings> settings) : IPageLimits
{
    public async ValueTask<(int Default, int Max)> GetAsync(CancellationToken cancellation)
    {
        var current = await settings.GetAsync(cancellation);
        return (current.PaginationDefaultPageSize, current.PaginationMaxPageSize);
    }
}
