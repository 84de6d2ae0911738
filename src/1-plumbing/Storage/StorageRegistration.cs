using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Postern.Storage.Kinds;
using Postern.Storage.Mapping;
using Postern.Storage.Objects;
using Postern.Storage.Snapshots;

namespace Postern.Storage;

/// <summary>Wires storage; the data source itself is registered by whoever knows where the database is.</summary>
public static class StorageRegistration
{
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddSingleton<KindRegistry>();
        services.AddSingleton<SnapshotHub>();
        services.AddSingleton(ConfigColumn.Shared);
        services.AddSingleton(static s => Opening.SecretSeal.Of(s.GetRequiredService<Kernel.Settings.PosternSettings>()));
        services.AddHostedService<ChangeListener>();
        services.AddSingleton(static s => new DbContextOptionsBuilder<PosternDb>()
            .UseNpgsql(s.GetRequiredService<NpgsqlDataSource>())
            .AddInterceptors(s.GetRequiredService<ConfigColumn>())
            .Options);
        services.AddScoped(static s => new PosternDb(
            new DbContextOptionsBuilder<PosternDb>(s.GetRequiredService<DbContextOptions<PosternDb>>())
                .AddInterceptors(new OwnChanges(s.GetRequiredService<SnapshotHub>())).Options,
            s.GetRequiredService<KindRegistry>(),
            s.GetServices<ITables>()));
        services.AddScoped<ObjectQuery>();
        services.AddScoped<SaveObject>();
        services.AddScoped<DeleteObject>();
        services.AddScoped<FindUses>();
        services.AddScoped<FindByFields>();
        services.AddSingleton<Sealing.Seal>();
        return services;
    }

    /// <summary>Adds a declared kind to the product.</summary>
    public static IServiceCollection AddKind(this IServiceCollection services, ModelKind kind) => services.AddSingleton(kind);
}
