using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Postern.Api;
using Postern.Api.Kinds;
using Postern.Brands.Mails;
using Postern.Brands.Settings;
using Postern.Events.Recording;
using Postern.Jobs;
using Postern.Kernel.Access;
using Postern.Kernel.Settings;
using Postern.Mail;
using Postern.Mail.Outbox;
using Postern.Storage;
using Postern.Storage.Checks;
using Postern.Storage.Snapshots;

namespace Postern.Brands;

/// <summary>Wires brands and system settings.</summary>
public sealed class Module : IModule
{
    public void Register(IServiceCollection services)
    {
        services.AddKind(BrandKind.Kind).AddKind(SystemSettingsKind.Kind).AddKind(MailTemplateKind.Kind);
        services.AddSingleton(s => MailTemplatePicture.Watch(s.GetRequiredService<SnapshotHub>(), s.GetRequiredService<IServiceScopeFactory>()));
        services.AddScoped(s => new ComposeMail(
            s.GetRequiredService<MailTemplates>(), s.GetRequiredService<Snapshot<MailTemplatePicture>>(), s.GetRequiredService<Snapshot<BrandPicture>>(), s.GetRequiredService<SendMail>()));
        services.AddScoped(s => new PreviewTemplate(
            s.GetRequiredService<ComposeMail>(), s.GetRequiredService<SendMail>(), s.GetRequiredService<Links>(), s.GetRequiredService<IAccess>(), s.GetRequiredService<PosternDb>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => BrandPicture.Watch(s.GetRequiredService<SnapshotHub>(), s.GetRequiredService<IServiceScopeFactory>()));
        services.AddSingleton(s => SettingsPicture.Watch(s.GetRequiredService<SnapshotHub>(), s.GetRequiredService<IServiceScopeFactory>()));
        services.AddSingleton<IPageLimits, PageLimits>();
        services.AddSingleton<ITokenDefaults, TokenDefaults>().AddSingleton<IImpersonationSettings, ImpersonationSettings>().AddSingleton<IEventRetention, EventRetention>().AddSingleton<IRecycleBinSettings, RecycleBinSettings>().AddSingleton<IDirectorySettings, DirectorySettings>();
        services.AddSingleton<IRequestStep, BrandStep>();
        services.AddScoped<Links>().AddCheck<AddressCheck>().AddCheck<BrandFlowsCheck>();
        services.AddJob<WarnOfConfiguration>(WarnOfConfiguration.JobKind, TimeSpan.FromDays(1));
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        SettingsApi.Map(routes);
        AdminApi.Map(routes);
        OutboxApi.Map(routes);
        MailTemplateApi.Map(routes);
    }
}
