using Postern.Api.Http;
using Postern.Applications.Access;
using Postern.Directory.Users;
using Postern.Policies.Engine;
using Postern.Storage.Kinds;
using Postern.Web.Admin.Tabs;

namespace Postern.Web.Admin.Users;

/// <summary>Which applications a user may use, and why.</summary>
sealed class UserApplicationsTab(FindEffectiveAccess find) : IObjectTab
{
    public ModelKind Kind => UserKind.Kind;

    public string Name => "Applications";

    public int Order => 45;

    public async Task<TabContent> ShowAsync(TabRequest request)
    {
        var http = request.Http;
        var user = (Directory.Users.User)request.Entity;
        var found = await find.ExecuteAsync(http.Caller(), user, HttpFacts.Of(http, http.Caller().ClientIp), http.RequestAborted);
        return TabContent.Of<UserApplications>(new { User = user, Found = found.Fault is null ? found.Value : null });
    }
}
