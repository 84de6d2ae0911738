using Microsoft.EntityFrameworkCore;
using Postern.Api;
using Postern.Directory.Users;
using Postern.Flows.Plans;
using Postern.Flows.Running;
using Postern.Kernel.Access;
using Postern.Storage;
using Postern.Storage.Snapshots;

namespace Postern.Flows.Setup;

/// <summary>
/// The link to the initial setup, printed at each start until the first administrator once had a password. Opening it uses nothing up; the finished setup ends it,
/// and so does the next start, which prints another.
/// </summary>
sealed class SetupLink(PosternDb db, Snapshot<FlowPicture> flows, PlanFlow planner, FlowTokens tokens, TimeProvider clock) : IStartNotice, IFlowCompletion
{
    public const string FlowSlug = "initial-setup";
    public const string Administrator = "akadmin";

    /// <summary>Tells the flow's policy that the run came by the link.</summary>
    const string StartedByKey = "goauthentik.io/core/setup/started-by";

    static readonly TimeSpan lifetime = TimeSpan.FromDays(7);

    public async ValueTask<string?> TextAsync(string address, CancellationToken cancellation)
    {
        if (await db.ScalarAsync<bool>("SELECT EXISTS (SELECT FROM setup_mark)", cancellation) || !await db.Set<User>().AnyAsync(u => u.Username == Administrator, cancellation))
            return null;
        var picture = await flows.GetAsync(cancellation);
        if (picture.Find(FlowSlug) is not { } flow)
            return null;
        var planned = await planner.ExecuteAsync(picture, flow, new PlanRequest(Caller.Anonymous, SignedIn: null, Facts: null, new PlanContext { [StartedByKey] = "setup" }), cancellation);
        if (planned.Plan is not { } plan)
            return null;
        var key = await tokens.CreateAsync(FlowSlug, plan, clock.GetUtcNow() + lifetime, revokeOnExecution: false, cancellation);
        return $"Set it up at {address}/setup/?token={key.Reveal}";
    }

    public async ValueTask<string?> CompleteAsync(StageRun run, CancellationToken cancellation)
    {
        if (string.Equals(run.Flow.Slug, FlowSlug, StringComparison.Ordinal))
            await db.ExecuteAsync("DELETE FROM flow_token WHERE identifier = $1", cancellation, FlowSlug);
        return null;
    }
}
