using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Postern.Api;
using Postern.Api.Document;
using Postern.Api.Http;
using Postern.Api.Kinds;
using Postern.Blueprints.Migrating;
using Postern.Hosting;
using Postern.Jobs;
using Postern.Kernel.Settings;
using Postern.Mail;
using Postern.Storage;
using Postern.Storage.Checks;
using Postern.Storage.Opening;

namespace Postern.Server.Hosting;

/// <summary>Puts the product together: services of every slice, the pipeline of a request, the doors.</summary>
static class Composition
{
    /// <summary>Builds the application on a migrated database; <paramref name="adjust"/> lets tests replace what stands outside.</summary>
    public static WebApplication Build(
        PosternSettings settings, DatabasePools database, Roles roles, TimeProvider clock, Action<IServiceCollection>? adjust = null)
    {
        var builder = Listening.On(settings, listens: roles.HasFlag(Roles.Server));
        builder.Services.AddSingleton(settings).AddSingleton<HostSettings>(settings).AddDatabase(database).AddSingleton(clock);
        builder.Services.AddRouting();
        builder.Services.AddProtection().AddSingleton<IRequestStep, SignedInOnly>().AddSingleton<IRequestStep, AccountLimit>();
        builder.Services.AddSingleton<ApiDocument>().AddSingleton<IFailureListener, RecordFailedRequests>();
        builder.Services.AddStorage().AddJobs().AddMail().AddCheck<TlsCheck>();
        if (roles.HasFlag(Roles.Worker))
            builder.Services.AddWorker();
        foreach (var module in Modules.All)
            module.Register(builder.Services);
        adjust?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseMiddleware<RequestBoundary>("X-authentik-id");
        app.UseApiConventions();
        app.UseRouting();
        foreach (var step in app.Services.GetServices<IRequestStep>().OrderBy(s => s.Order))
            step.Use(app);
        Health.Map(app);
        if (roles.HasFlag(Roles.Server))
        {
            app.MapKinds();
            app.MapDocument();
            foreach (var module in Modules.All)
                module.Map(app);
        }
        return app;
    }

    /// <summary>What reads other installations; it knows the kinds and needs no database.</summary>
    public static MigrateFrom Migration() => Declarations().GetRequiredService<MigrateFrom>();

    /// <summary>What the slices declare, without a database.</summary>
    public static IServiceProvider Declarations()
    {
        var services = new ServiceCollection().AddStorage().AddMail();
        foreach (var module in Modules.All)
            module.Register(services);
        return services.BuildServiceProvider();
    }
}
