using Postern.Api.Http;
using Postern.Brands;
using Postern.Brands.Settings;
using Postern.Directory.Users;
using Postern.Events.Figures;
using Postern.Kernel.Access;
using Postern.Storage.Kinds;
using Postern.Storage.Snapshots;
using Postern.Web.Admin.Tabs;

namespace Postern.Web.Admin.Users;

/// <summary>Who a user is, and what can be done with the account.</summary>
sealed class UserOverviewTab(IAccess access, Snapshot<SystemSettings> settings, Snapshot<BrandPicture> brands, CountEvents events, TimeProvider clock) : IObjectTab
{
    static readonly Permission reset = Permission.Parse("authentik_core.reset_user_password");
    static readonly Permission impersonate = Permission.Parse("authentik_core.impersonate");

    public ModelKind Kind => UserKind.Kind;

    public string Name => "Overview";

    public int Order => 0;

    public async Task<TabContent> ShowAsync(TabRequest request)
    {
        var http = request.Http;
        var caller = http.Caller();
        var brand = (await brands.GetAsync(http.RequestAborted)).For(http.Request.Host.Host);
        return TabContent.Of<UserOverview>(new
        {
            User = (Directory.Users.User)request.Entity,
            request.Json,
            request.Url,
            MayReset = await access.RefuseAsync(caller, reset, request.Key, http.RequestAborted) is null,
            MayImpersonate = caller.UserPk != ((Directory.Users.User)request.Entity).Pk
                && (await settings.GetAsync(http.RequestAborted)).Impersonation
                && await access.RefuseAsync(caller, impersonate, request.Key, http.RequestAborted) is null,
            MayChange = await access.RefuseAsync(caller, Kind.Change, request.Key, http.RequestAborted) is null,
            Week = await WeekOfEvents.OfAsync(events, caller, request.Key, clock.GetUtcNow(), http.RequestAborted),
            HasRecoveryFlow = brand.FlowRecovery is not null,
            HasLockdownFlow = brand.FlowLockdown is not null,
        });
    }
}
