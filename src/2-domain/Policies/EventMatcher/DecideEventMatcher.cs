using Postern.Events;
using Postern.Policies.Engine;

namespace Postern.Policies.EventMatcher;

/// <summary>Compares the event of the context with every criterion set; no event, no pass.</summary>
sealed class DecideEventMatcher : IPolicy<EventMatcherPolicy>
{
    public ValueTask<PolicyVerdict> EvaluateAsync(EventMatcherPolicy policy, PolicyRequest request, CancellationToken cancellation) =>
        ValueTask.FromResult(request.Context.TryGetValue("event", out var found) && found is Event entry ? Decide(policy, entry) : PolicyVerdict.Of(passing: false));

    static PolicyVerdict Decide(EventMatcherPolicy policy, Event entry)
    {
        (string? Wanted, bool Fits, string Message)[] criteria =
        [
            (policy.Action, string.Equals(policy.Action, entry.Action, StringComparison.Ordinal), "Action matched."),
            (policy.ClientIp, string.Equals(policy.ClientIp, entry.ClientIp, StringComparison.Ordinal), "Client IP matched."),
            (policy.App, SameApp(policy.App, entry.App), "App matched."),
            (policy.Model, string.Equals(policy.Model, ModelOf(entry), StringComparison.Ordinal), "Model matched."),
        ];
        var set = criteria.Where(c => !string.IsNullOrEmpty(c.Wanted)).ToList();
        return new PolicyVerdict(set.Count > 0 && set.TrueForAll(c => c.Fits), [.. set.Where(c => c.Fits).Select(c => c.Message)]);
    }

    static string ModelOf(Event entry) => $"{entry.Context["model"]?["app"]}.{entry.Context["model"]?["model_name"]}";

    // Clients name parts with dots, kinds with underscores: authentik.core and authentik_core are the same.
    static bool SameApp(string? wanted, string written) =>
        string.Equals(wanted?.Replace('_', '.'), written.Replace('_', '.'), StringComparison.Ordinal);
}
