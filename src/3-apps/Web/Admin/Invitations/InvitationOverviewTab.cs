using Postern.Api.Http;
using Postern.Brands;
using Postern.Invitations;
using Postern.Invitations.Ledger;
using Postern.Invitations.Mailing;
using Postern.Kernel.Access;
using Postern.Storage.Kinds;
using Postern.Web.Admin.Tabs;

namespace Postern.Web.Admin.Invitations;

/// <summary>An invitation's state, link, causes of trouble, people and history.</summary>
sealed class InvitationOverviewTab(ReadLedger ledger, ExplainInvitation explain, FindArrivals arrivals, WriteInvitationMail mail, Links links, IAccess access) : IObjectTab
{
    public ModelKind Kind => InvitationKind.Kind;

    public string Name => "Overview";

    public int Order => 0;

    public async Task<TabContent> ShowAsync(TabRequest request)
    {
        var (http, invitation) = (request.Http, (Invitation)request.Entity);
        var history = (await ledger.OfAsync(http.Caller(), request.Key, http.RequestAborted)).Value;
        var address = await links.BaseAsync(http.Request, http.RequestAborted);
        return TabContent.Of<InvitationOverview>(new
        {
            Invitation = invitation,
            request.Json,
            request.Url,
            Address = address,
            Link = address is null ? null : await mail.LinkAsync(invitation, address, http.RequestAborted),
            History = history,
            Findings = await explain.ExecuteAsync(invitation, history, http.Request.Host.Host, http.RequestAborted),
            Arrivals = await arrivals.ExecuteAsync(history, http.Caller(), http.RequestAborted),
            MayChange = await access.RefuseAsync(http.Caller(), Kind.Change, request.Key, http.RequestAborted) is null,
        });
    }
}
