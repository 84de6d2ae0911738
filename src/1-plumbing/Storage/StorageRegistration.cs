using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Postern.Storage.Checks;
using Postern.Storage.Kinds;
using Postern.Storage.Mapping;
using Postern.Storage.Objects;
using Postern.Storage.Opening;
using Postern.Storage.Snapshots;

namespace Postern.Storage;

/// <summary>Wires storage; the data source itself is registered by whoever knows where the database is.</summary>
public static class StorageRegistration
{
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddSingleton<KindRegistry>();
        services.AddSingleton<ModelShape>();
        services.AddSingleton<SnapshotHub>();
        services.AddSingleton(ConfigColumn.Shared);
        services.AddSingleton(static s => SecretSeal.Of(s.GetRequiredService<Kernel.Settings.HostSettings>()));
        services.AddHostedService<ChangeListener>();
        services.AddSingleton(static s => new DbContextOptionsBuilder<PosternDb>()
            .UseNpgsql()
            .ReplaceService<IModelCacheKeyFactory, ModelKey>()
            .WithEvaluatedConstants()
            .AddInterceptors(s.GetRequiredService<ConfigColumn>(), new OwnConnection(), new OwnChanges(s.GetRequiredService<SnapshotHub>()))
            .Options);
        services.AddScoped<PoolChoice>();
        services.AddScoped(Open);
        services.AddScoped<ObjectQuery>();
        services.AddScoped<SaveObject>();
        services.AddScoped<DeleteObject>();
        services.AddScoped<FindUses>();
        services.AddScoped<FindByFields>();
        services.AddSingleton<Sealing.Seal>().AddSingleton<Sealing.SealedPlaces>().AddScoped<Sealing.SealAnew>();
        services.AddCheck<DatabaseCheck>().AddCheck<ClockCheck>().AddCheck<DiskCheck>().AddCheck<SecretKeyCheck>();
        return services;
    }

    static PosternDb Open(IServiceProvider services) => new(
        services.GetRequiredService<DbContextOptions<PosternDb>>(), services.GetRequiredService<DatabasePools>().Of(services.GetRequiredService<PoolChoice>().Pool),
        services.GetRequiredService<ModelShape>(), services.GetRequiredService<TimeProvider>());

    /// <summary>Adds a declared kind to the product.</summary>
    public static IServiceCollection AddKind(this IServiceCollection services, ModelKind kind) => services.AddSingleton(kind);
}
