using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Postern.Api;
using Postern.Pages;
using Postern.Pages.Words;
using Postern.Web.Admin;
using Postern.Web.Admin.Groups;
using Postern.Web.Admin.Tabs;
using Postern.Web.Admin.Users;
using Postern.Web.Docs;
using Postern.Web.Flow;
using Postern.Web.Guide;
using Postern.Web.Shared;
using Postern.Web.User;
using Postern.Web.User.Settings;

namespace Postern.Web;

/// <summary>Wires the pages: flows, admin console, user interface.</summary>
public sealed class Module : IModule
{
    public void Register(IServiceCollection services)
    {
        services.AddWebPages();
        services.AddSingleton<IRequestStep, MissingPage>().AddSingleton<IFailurePage, FailurePage>();
        services.AddSingleton<Sections>().AddSingleton<ApiReference>().AddSingleton<GuideBook>();
        services.AddScoped<ShellFactory>().AddSingleton<IPageWords, Words.PageWords>().AddScoped<ShellBanners>();
        services.AddSingleton<Postern.Enterprise.ReadOnly.IReadOnlyPage, Admin.Enterprise.ReadOnlyPage>();
        services.AddScoped<Admin.Palette.FindAnything>().AddScoped<ListRows>().AddScoped<OverviewFacts>();
        services.AddSingleton<OAuth2.Http.IProtocolPages, ProtocolPages>().AddSingleton<Sources.Protocol.ISourcePages, SourcePages>();
        services.AddScoped<FormPages>().AddScoped<NamedReferences>();
        services.AddScoped<Admin.Applications.WizardDefaults>();
        services.AddScoped<Admin.Applications.WizardPages>();
        services.AddScoped<BoundPolicies>().AddScoped<Admin.Exports.ExportPages>().AddScoped<Admin.Batches.BatchPages>();
        services.AddScoped<UserActionPages>().AddScoped<UserAccessPages>();
        services.AddScoped<Invited.InvitedPages>().AddScoped<Admin.Invitations.InvitationActionPages>().AddScoped<Admin.Invitations.BulkInvitePages>().AddScoped<Admin.Invitations.SelectionPages>();
        services.AddScoped<Admin.Invitations.ExplainInvitation>().AddScoped<Admin.Invitations.FindArrivals>().AddScoped<IObjectTab, Admin.Invitations.InvitationOverviewTab>();
        services.AddScoped<ObjectTabs>();
        services.AddScoped<IObjectTab, UserOverviewTab>().AddScoped<IObjectTab, UserSessionsTab>().AddScoped<IObjectTab, UserGroupsTab>().AddScoped<IObjectTab, UserRolesTab>();
        services.AddScoped<IObjectTab, UserApplicationsTab>().AddScoped<IObjectTab, UserEventsTab>().AddScoped<IObjectTab, UserPermissionsTab>();
        services.AddScoped<IObjectTab, UserConsentsTab>().AddScoped<IObjectTab, UserRefreshTokensTab>().AddScoped<IObjectTab, UserDevicesTab>();
        services.AddScoped<Admin.Mails.MailEditorPages>().AddScoped<Admin.Design.DesignPages>().AddScoped<IObjectTab, Admin.Design.FlowOverviewTab>().AddScoped<IObjectTab, Admin.Design.FlowVersionsTab>();
        services.AddScoped<IObjectTab, Admin.Logs.EventOverviewTab>().AddScoped<IObjectTab, Admin.Mails.MailOverviewTab>();
        services.AddScoped<IObjectTab, GroupMembersTab>().AddScoped<IObjectTab, GroupPermissionsTab>();
        services.AddScoped<IObjectTab, RoleMembersTab>().AddScoped<IObjectTab, RoleRightsTab>().AddScoped<IObjectTab, RolePermissionsTab>();
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapWebPages();
        BrandStyles.Map(routes);
        FlowPages.Map(routes);
        ConsolePages.Map(routes);
        Invited.InvitedPages.Map(routes);
        UserPages.Map(routes);
        AccountPages.Map(routes);
        NotificationPages.Map(routes);
        DocsPages.Map(routes);
        GuidePages.Map(routes);
        UserAccessPages.MapStop(routes);
    }
}
