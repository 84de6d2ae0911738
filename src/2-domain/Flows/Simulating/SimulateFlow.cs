using System.Globalization;
using System.Text.Json.Nodes;
using Postern.Directory.Sessions;
using Postern.Directory.Users;
using Postern.Flows.Plans;
using Postern.Flows.Running;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Policies.Engine;
using Postern.Storage;
using Postern.Storage.Objects;
using Postern.Storage.Snapshots;

namespace Postern.Flows.Simulating;

/// <summary>
/// Tells what a flow would do for somebody, by its real planner and policies in a trial: nothing is recorded, written or sent, and no stage runs. Policies that are
/// asked just before their stage are asked with what is given, for what stages find out on the way is not known.
/// </summary>
public sealed class SimulateFlow
{
    readonly PosternDb db;
    readonly ObjectQuery objects;
    readonly IAccess access;
    readonly Snapshot<FlowPicture> pictures;
    readonly PlanFlow planning;
    readonly SimulateBindings bindings;

    internal SimulateFlow(PosternDb db, ObjectQuery objects, IAccess access, Snapshot<FlowPicture> pictures, PlanFlow planning, SimulateBindings bindings) =>
        (this.db, this.objects, this.access, this.pictures, this.planning, this.bindings) = (db, objects, access, pictures, planning, bindings);

    /// <summary>
    /// Needs the right to change the flow, for a trial runs its policies with any context, and to view the user. Faults: forbidden, not found, invalid for a user
    /// that is not there or a context that names what is chosen otherwise.
    /// </summary>
    public async Task<Result<FlowSimulation>> ExecuteAsync(Caller caller, string slug, SimulationRequest request, CancellationToken cancellation)
    {
        if (!(await objects.FindAsync(FlowKind.Kind, caller, slug, tracked: false, cancellation)).Succeeded(out var found, out var missing))
            return missing;
        var flow = (Flow)found;
        if (await access.RefuseAsync(caller, FlowKind.Kind.Change, FlowKind.Kind.KeyOf(flow), cancellation) is { } refusal)
            return refusal;
        if (request.Context.ContainsKey(PlanContext.PendingUserKey))
            return Fault.Field("context", $"{PlanContext.PendingUserKey} is the user that is chosen.");
        if (!(await UserAsync(caller, request, cancellation)).Succeeded(out var user, out var wrong))
            return wrong;
        var picture = await pictures.GetAsync(cancellation);
        var decided = new Dictionary<Guid, PolicyResult>();
        var begun = await BeginAsync(flow, request, user, decided, cancellation);
        var outcome = await planning.ExecuteAsync(picture, flow, begun, cancellation);
        var stages = new List<SimulatedStage>();
        var ended = outcome.Plan is null;
        foreach (var binding in picture.BindingsOf(flow))
        {
            if (picture.Stage(binding.Stage) is not { } stage)
                continue;
            var onPlan = await bindings.ShowAsync(decided.GetValueOrDefault(binding.Pk), cancellation);
            var isLeftOut = onPlan is { Passing: false };
            var before = ended || isLeftOut || !binding.ReEvaluatePolicies ? null : await bindings.AskAsync(binding, outcome.Plan!, user, begun, cancellation);
            var fate = ended ? StageFate.NotReached : before is { IsUndecided: true } ? StageFate.Undecided : isLeftOut || before is { Passing: false } ? StageFate.LeftOut : StageFate.Reached;
            stages.Add(new SimulatedStage(binding, stage, fate, onPlan, before));
            ended |= fate is StageFate.Undecided || (fate is StageFate.Reached && stage.Ending() is not null);
        }
        return new FlowSimulation(flow, outcome.Plan is null ? outcome.Refusal : null, await bindings.ShowAsync(decided.GetValueOrDefault(flow.Pk), cancellation), stages);
    }

    async Task<Result<User?>> UserAsync(Caller caller, SimulationRequest request, CancellationToken cancellation)
    {
        if (request.User is not { } pk)
            return request.SignedIn ? Fault.Field("user", "Choose who is signed in.") : Result<User?>.Of(null);
        var found = await objects.FindAsync(UserKind.Kind, caller, pk.ToString(CultureInfo.InvariantCulture), tracked: false, cancellation);
        return found.Succeeded(out var user, out _) ? (User)user : Fault.Field("user", $"Invalid pk \"{pk}\" - object does not exist.");
    }

    async Task<PlanRequest> BeginAsync(Flow flow, SimulationRequest request, User? user, Dictionary<Guid, PolicyResult> decided, CancellationToken cancellation)
    {
        var signedIn = request.SignedIn && user is not null ? await FindCaller.OfActiveUserAsync(db, user.Pk, cancellation) : null;
        var context = new PlanContext();
        PlainValue.Merge(context, (IDictionary<string, object?>)PlainValue.Of((JsonNode)request.Context)!);
        var facts = new HttpFacts { Path = FlowLink.To(flow, PageQuery.Parse("")), ClientIp = request.ClientIp };
        return new PlanRequest((signedIn ?? Caller.Anonymous) with { ClientIp = request.ClientIp }, signedIn is null ? null : user, facts, context) { Decided = decided.Add };
    }
}
