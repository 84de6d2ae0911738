using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Postern.Api;
using Postern.Blueprints.Exporting;
using Postern.Events.Recording;
using Postern.Jobs;
using Postern.Kernel.Access;
using Postern.Notifications.Accounts;
using Postern.Notifications.Delivery;
using Postern.Notifications.Dispatch;
using Postern.Notifications.Rules;
using Postern.Notifications.Transports;
using Postern.Policies.Bindings;
using Postern.Policies.Expressions;
using Postern.Storage;
using Postern.Storage.Objects;
using Postern.Storage.Snapshots;

namespace Postern.Notifications;

/// <summary>Wires notifications: rules and transports, what looks at events, deliveries.</summary>
public sealed class Module : IModule
{
    public void Register(IServiceCollection services)
    {
        services.AddKind(NotificationKind.Kind).AddKind(NotificationRuleKind.Kind).AddKind(NotificationTransportKind.Kind).AddKind(WebhookMappingKind.Kind);
        services.AddPolicyTarget(NotificationRuleKind.Kind);
        services.AddExportPart(NotificationRuleKind.Kind, PolicyBindingKind.Kind, "target");
        services.AddSingleton(s => RulePicture.Watch(s.GetRequiredService<SnapshotHub>(), s.GetRequiredService<IServiceScopeFactory>()));
        services.AddSingleton<IEventListener, NotifyOfEvents>().AddSingleton<IEventListener, HearOfAccounts>();
        services.AddScoped<TellPeople>().AddScoped<SendMessage>().AddScoped<WriteMail>().AddScoped<PostWebhook>().AddScoped<MapMessage>();
        services.AddSingleton<WebhookClient>();
        services.AddExpressionView<NotificationView>();
        services.AddScoped<MarkSeen>();
        services.AddScoped(s => new TestTransport(
            s.GetRequiredService<PosternDb>(), s.GetRequiredService<ObjectQuery>(), s.GetRequiredService<IAccess>(), s.GetRequiredService<RecordEvent>(), s.GetRequiredService<SendMessage>()));
        services.AddJob<TellOwner>(TellOwner.JobKind);
        services.AddJob<DispatchEvent>(DispatchEvent.JobKind);
        services.AddOutwardJob<DeliverNotification>(DeliverNotification.JobKind);
        services.AddJob<ForgetNotifications>("notifications.forget", TimeSpan.FromHours(8));
    }

    public void Map(IEndpointRouteBuilder routes) => NotificationsApi.Map(routes);
}
