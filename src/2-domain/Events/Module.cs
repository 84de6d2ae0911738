using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Postern.Api;
using Postern.Events.Chain;
using Postern.Events.Figures;
using Postern.Events.Housekeeping;
using Postern.Events.Recording;
using Postern.Jobs;
using Postern.Mail.Outbox;
using Postern.Storage;
using Postern.Storage.Checks;
using Postern.Storage.Objects;

namespace Postern.Events;

/// <summary>Wires the event log.</summary>
public sealed class Module : IModule
{
    public void Register(IServiceCollection services)
    {
        services.AddKind(EventKind.Kind);
        services.AddScoped<RecordEvent>().AddScoped<CountEvents>();
        services.AddSingleton<RecordFailure>().AddSingleton<IJobListener, Tasks.RecordFailedTasks>().AddScoped<IMailListener, RecordMail>();
        services.AddScoped<Tasks.ChangeSchedule>();
        services.TryAddSingleton<IEventRetention, OneYear>();
        services.AddScoped<IAuditTrail, AuditTrail>();
        services.AddJob<KeepEvents>("events.keep", TimeSpan.FromHours(1));
        services.AddScoped<IStartTask, ShiftPositions>().AddJob<SealEvents>("events.seal", TimeSpan.FromMinutes(5));
        services.AddScoped<CheckSeal>().AddScoped<DropExpired>().AddScoped<ForgetPerson>().AddScoped<VerifyAudit>().AddScoped<ExportAudit>().AddCheck<ChainCheck>();
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        EventsApi.Map(routes);
        FiguresApi.Map(routes);
        Tasks.TasksApi.Map(routes);
        Tasks.SchedulesApi.Map(routes);
    }
}
