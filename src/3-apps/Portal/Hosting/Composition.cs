using System.Reflection;
using Postern.Api;
using Postern.Api.Http;
using Postern.Hosting;
using Postern.Jobs;
using Postern.Kernel.Settings;
using Postern.Mail;
using Postern.Pages;
using Postern.Storage;
using Postern.Storage.Opening;

namespace Postern.Portal.Hosting;

/// <summary>Puts the portal together: plumbing, its own parts, the pipeline of a request, the doors.</summary>
static class Composition
{
    /// <summary>Everything that carries migrations.</summary>
    public static IReadOnlyList<Assembly> Migrations { get; } =
        [typeof(PosternDb).Assembly, typeof(Job).Assembly, typeof(MailTemplates).Assembly, typeof(Billing.Module).Assembly, typeof(Composition).Assembly];

    /// <summary>Builds the application on a migrated database; <paramref name="adjust"/> lets tests replace what stands outside.</summary>
    public static WebApplication Build(PortalSettings settings, DatabasePools database, TimeProvider clock, bool withWorker, Action<IServiceCollection>? adjust = null)
    {
        var builder = Listening.On(settings);
        builder.Services.AddSingleton(settings).AddSingleton<HostSettings>(settings).AddDatabase(database).AddSingleton(clock);
        builder.Services.AddRouting();
        builder.Services.AddProtection();
        builder.Services.AddStorage().AddJobs().AddMail();
        if (withWorker)
            builder.Services.AddWorker();
        builder.Services.AddWebPages();
        Parts.Register(builder.Services, settings);
        adjust?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseMiddleware<RequestBoundary>("X-Request-Id");
        app.UseRouting();
        foreach (var step in app.Services.GetServices<IRequestStep>().OrderBy(s => s.Order))
            step.Use(app);
        Health.Map(app);
        app.MapWebPages();
        Parts.Map(app);
        return app;
    }
}
