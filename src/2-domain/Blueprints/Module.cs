using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Postern.Api;
using Postern.Blueprints.Exporting;
using Postern.Blueprints.Importing;
using Postern.Blueprints.Instances;
using Postern.Blueprints.Library;
using Postern.Blueprints.Migrating;
using Postern.Blueprints.Resolving;
using Postern.Jobs;
using Postern.Kernel.Access;
using Postern.Kernel.Settings;
using Postern.Storage;
using Postern.Storage.Objects;

namespace Postern.Blueprints;

/// <summary>Wires blueprints: importing, exporting, instances and their discovery.</summary>
public sealed class Module : IModule
{
    /// <inheritdoc/>
    public void Register(IServiceCollection services)
    {
        services.AddKind(BlueprintInstanceKind.Kind);
        services.AddSingleton(static s => Settings(s.GetRequiredService<PosternSettings>()));
        services.AddSingleton<BlueprintLibrary>();
        AddImporting(services);
        services.AddScoped<ExportObjects>().AddScoped<FindOwners>();
        services.AddSingleton<MigrateFrom>();
        services.AddScoped<RecordInstance>();
        services.AddScoped(static s => new ApplyInstance(
            s.GetRequiredService<PosternDb>(), s.GetRequiredService<BlueprintLibrary>(), s.GetRequiredService<BlueprintSettings>(),
            s.GetRequiredService<ImportBlueprint>(), s.GetRequiredService<RecordInstance>(), s.GetRequiredService<ILogger<ApplyInstance>>()));
        services.AddScoped(static s => new PlanInstance(
            s.GetRequiredService<ObjectQuery>(), s.GetRequiredService<IAccess>(), s.GetRequiredService<BlueprintLibrary>(), s.GetRequiredService<BlueprintSettings>(),
            s.GetRequiredService<ImportBlueprint>()));
        services.AddSingleton<NothingNew>();
        services.AddScoped<DiscoverBlueprints>();
        services.AddScoped<IStartTask, ApplyAtStart>();
        services.AddHostedService<WatchFolder>();
        services.AddJob<ApplyInstanceJob>(ApplyInstanceJob.Kind);
        services.AddJob<DiscoverJob>(DiscoverJob.Kind, every: TimeSpan.FromHours(1));
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes) => BlueprintsApi.Map(routes);

    static void AddImporting(IServiceCollection services)
    {
        services.AddScoped<OpenScope>();
        services.AddScoped<CheckModels>();
        services.AddScoped<MatchObject>();
        services.AddScoped<WriteObject>();
        services.AddScoped<GrantPermissions>();
        services.AddScoped<ApplyObject>();
        services.AddScoped<ApplyEntry>();
        services.AddScoped<ApplyEntries>();
        services.AddScoped<IMetaModel, MetaApplyBlueprint>();
        services.AddScoped(static s => new ImportBlueprint(s.GetRequiredService<PosternDb>(), s.GetRequiredService<ApplyEntries>()));
    }

    static BlueprintSettings Settings(PosternSettings settings) => new(
        settings.BlueprintsDirectory,
        new AllowListedEnvironment([.. AllowListedEnvironment.DefaultPatterns, .. settings.BlueprintVariables], settings.Variable),
        new AllowListedFiles(settings.BlueprintFileFolders),
        BlueprintLimits.Default with { MaxBytes = settings.BlueprintMaxBytes });
}
