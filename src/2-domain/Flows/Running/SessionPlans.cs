using System.Text.Json.Nodes;
using Postern.Directory.Sessions;
using Postern.Flows.Plans;

namespace Postern.Flows.Running;

/// <summary>The plans a session holds, one for each flow, so that several flows can run side by side in one browser.</summary>
sealed class SessionPlans(PlanJson json, TimeProvider clock)
{
    const int Most = 8;

    static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>The plan of this flow begun by this link; null for none, another link's, or one too old.</summary>
    public async ValueTask<Plan?> FindAsync(Session session, Flow flow, string origin, CancellationToken cancellation)
    {
        if (session.Flows[flow.Slug] is not JsonObject stored)
            return null;
        var plan = await json.ReadAsync(stored, cancellation);
        var usable = plan is not null && plan.FlowPk == flow.Pk && string.Equals(plan.Origin, origin, StringComparison.Ordinal) && plan.StartedAt + Longest > clock.GetUtcNow();
        return usable ? plan : null;
    }

    public void Keep(Session session, Flow flow, Plan plan)
    {
        var all = session.Flows.DeepClone().AsObject();
        all.Remove(flow.Slug);
        while (all.Count >= Most)
            all.RemoveAt(0);
        all[flow.Slug] = json.Write(plan);
        session.Flows = all;
    }

    public static void Drop(Session session, Flow flow)
    {
        if (!session.Flows.ContainsKey(flow.Slug))
            return;
        var all = session.Flows.DeepClone().AsObject();
        all.Remove(flow.Slug);
        session.Flows = all;
    }
}
