using Postern.Api.Http;
using Postern.Flows;
using Postern.Flows.Versions;
using Postern.Storage.Kinds;
using Postern.Web.Admin.Tabs;

namespace Postern.Web.Admin.Design;

/// <summary>What a flow was after each change.</summary>
sealed class FlowVersionsTab(ReadVersions versions) : IObjectTab
{
    public ModelKind Kind => FlowKind.Kind;

    public string Name => "Versions";

    public int Order => 50;

    public async Task<TabContent> ShowAsync(TabRequest request)
    {
        var flow = (Postern.Flows.Flow)request.Entity;
        var found = await versions.ListAsync(request.Http.Caller(), flow.Slug, request.Http.RequestAborted);
        return TabContent.Of<FlowVersions>(new { Versions = found.Fault is null ? found.Value : null, request.Url });
    }
}
