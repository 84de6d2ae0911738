using Microsoft.AspNetCore.Http;
using Postern.Api.Http;
using Postern.Brands;
using Postern.Directory.Users;
using Postern.Flows;
using Postern.Flows.Plans;
using Postern.Flows.Running;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Kernel.Settings;
using Postern.Kernel.Values;
using Postern.Policies.Engine;
using Postern.Stages.Email;
using Postern.Stages.Identification;
using Postern.Storage.Snapshots;

namespace Postern.Stages.Recovery;

/// <summary>Makes the link by which one person goes through the brand's recovery flow, in any browser, once.</summary>
sealed class RecoveryPlan(Snapshot<BrandPicture> brands, Snapshot<FlowPicture> pictures, PlanFlow planning, FlowTokens tokens, InstallId install, ITokenDefaults defaults, TimeProvider clock)
{
    const string NotApplicable = "Recovery flow not applicable to user";

    /// <summary>The link's path and when it ends. A new link makes the one before it worthless. Faults: invalid.</summary>
    public async ValueTask<Result<(string Path, DateTimeOffset Expires)>> ExecuteAsync(HttpContext http, User user, string? duration, CancellationToken cancellation)
    {
        var lifetime = (await defaults.GetAsync(cancellation)).Lifetime;
        if (duration is not null && (!Duration.TryParse(duration, out lifetime) || lifetime <= TimeSpan.Zero))
            return Fault.Field("token_duration", Duration.Refusal(duration));
        var picture = await pictures.GetAsync(cancellation);
        var brand = (await brands.GetAsync(cancellation)).For(http.Request.Host.Host);
        if (brand.FlowRecovery is not { } pk || picture.Find(pk) is not { } flow)
            return Fault.Input("No recovery flow set.");
        // Planned for whoever will open it: nobody is signed in there. It counts as come by a link.
        var context = new PlanContext { PendingUser = user };
        context[PlanContext.IsRestoredKey] = true;
        var request = new PlanRequest(Caller.Anonymous with { ClientIp = http.Caller().ClientIp }, SignedIn: null, HttpFacts.Of(http, http.Caller().ClientIp), context);
        if ((await planning.ExecuteAsync(picture, flow, request, cancellation)).Plan is not { } plan)
            return Fault.Input(NotApplicable);
        context.Remove(PlanContext.IsRestoredKey);
        // Who it is about is known, and the link is the mail.
        plan.Stages.RemoveAll(s => s.StagePk is { } stage && picture.Stage(stage) is IdentificationStage or EmailStage);
        plan.Insert(new ConfirmEmail { Header = $"Continue to regain access to the account {user.Username}." }, index: 0);
        var expires = clock.GetUtcNow() + lifetime;
        var identifier = $"{await install.UidAsync(user.Pk, cancellation)}-password-reset";
        var key = await tokens.CreateAsync(identifier, plan, expires, revokeOnExecution: false, cancellation);
        return ($"/if/flow/{flow.Slug}/?flow_token={Uri.EscapeDataString(key.Reveal)}", expires);
    }
}
