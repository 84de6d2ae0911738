using Microsoft.AspNetCore.Http;
using Postern.Api.Http;
using Postern.Brands;
using Postern.Flows;
using Postern.Flows.Plans;
using Postern.Flows.Running;
using Postern.Kernel;
using Postern.Policies.Engine;
using Postern.Storage.Snapshots;

namespace Postern.Stages.Lockdown;

/// <summary>
/// Makes the link to the brand's lockdown flow for one account: one's own, or another's with the right to change it, which may not hold more rights than the caller.
/// It is good once, for a quarter of an hour, and for somebody who is signed in. Writes the link's token. Faults: unauthenticated, not found, forbidden, invalid.
/// </summary>
public sealed class CreateLockdownLink
{
    static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    readonly FindLockable find;
    readonly Snapshot<BrandPicture> brands;
    readonly Snapshot<FlowPicture> pictures;
    readonly PlanFlow planning;
    readonly FlowTokens tokens;
    readonly TimeProvider clock;

    internal CreateLockdownLink(FindLockable find, Snapshot<BrandPicture> brands, Snapshot<FlowPicture> pictures, PlanFlow planning, FlowTokens tokens, TimeProvider clock) =>
        (this.find, this.brands, this.pictures, this.planning, this.tokens, this.clock) = (find, brands, pictures, planning, tokens, clock);

    /// <summary>The link's path.</summary>
    /// <param name="http">The request; it names the brand.</param>
    /// <param name="user">Key of the user, as text; null for oneself.</param>
    /// <param name="cancellation">Ends the work.</param>
    public async Task<Result<string>> ExecuteAsync(HttpContext http, string? user, CancellationToken cancellation)
    {
        if (!(await find.ExecuteAsync(http.Caller(), user, cancellation)).Succeeded(out var found, out var refusal))
            return refusal;
        var picture = await pictures.GetAsync(cancellation);
        if ((await brands.GetAsync(cancellation)).For(http.Request.Host.Host).FlowLockdown is not { } pk || picture.Find(pk) is not { } flow)
            return Fault.Input("No lockdown flow set.");
        var request = new PlanRequest(http.Caller(), found.Asker, HttpFacts.Of(http, http.Caller().ClientIp), new PlanContext { PendingUser = found.Target });
        var outcome = await planning.ExecuteAsync(picture, flow, request, cancellation);
        if (outcome.Plan is not { } plan)
            return Fault.Input(outcome.Refusal);
        var key = await tokens.CreateAsync($"account-lockdown-{found.Asker.Pk}-{found.Target.Pk}", plan, clock.GetUtcNow() + Lifetime, revokeOnExecution: true, cancellation);
        return $"/if/flow/{flow.Slug}/?flow_token={Uri.EscapeDataString(key.Reveal)}";
    }
}
