using Microsoft.AspNetCore.Http;
using Postern.Brands;
using Postern.Flows.Running;
using Postern.Storage.Snapshots;

namespace Postern.Flows;

/// <summary>The flows of the brand at hand.</summary>
public sealed class DefaultFlows(Snapshot<BrandPicture> brands, Snapshot<FlowPicture> pictures) : IFlowSlugs
{
    /// <summary>The brand's flow of a designation, else the first one there is; null for none.</summary>
    public async ValueTask<Flow?> FindAsync(HttpContext http, FlowDesignation designation, CancellationToken cancellation)
    {
        var brand = (await brands.GetAsync(cancellation)).For(http.Request.Host.Host);
        var picture = await pictures.GetAsync(cancellation);
        var chosen = designation switch
        {
            FlowDesignation.Authentication => brand.FlowAuthentication,
            FlowDesignation.Invalidation => brand.FlowInvalidation,
            FlowDesignation.Recovery => brand.FlowRecovery,
            FlowDesignation.Unenrollment => brand.FlowUnenrollment,
            _ => null,
        };
        if (chosen is { } pk && picture.Find(pk) is { } flow)
            return flow;
        return designation is FlowDesignation.Authentication or FlowDesignation.Invalidation ? picture.Flows.FirstOrDefault(f => f.Designation == designation) : null;
    }

    /// <summary>Address of the brand's recovery flow; null where it has none.</summary>
    public async ValueTask<string?> RecoveryAsync(StageRun run, CancellationToken cancellation) =>
        await FindAsync(run.Http, FlowDesignation.Recovery, cancellation) is { } flow ? FlowLink.To(flow, run.Query) : null;

    public async ValueTask<string?> OfAsync(Guid flow, CancellationToken cancellation) => (await pictures.GetAsync(cancellation)).Find(flow)?.Slug;
}
