using Microsoft.EntityFrameworkCore;
using Postern.Events;
using Postern.Policies.Engine;
using Postern.Storage;
using Postern.Storage.Queries;

namespace Postern.Policies.EventMatcher;

/// <summary>Compares the event of the context with every criterion set; what is left empty matches every event. No event, no pass.</summary>
sealed class DecideEventMatcher(PosternDb db, TimeProvider clock) : IPolicy<EventMatcherPolicy>
{
    public async ValueTask<PolicyVerdict> EvaluateAsync(EventMatcherPolicy policy, PolicyRequest request, CancellationToken cancellation) =>
        request.Context.TryGetValue("event", out var found) && found is Event entry ? await DecideAsync(policy, entry, cancellation) : PolicyVerdict.Of(passing: false);

    // The database is asked last, about events that everything else fits.
    async Task<PolicyVerdict> DecideAsync(EventMatcherPolicy policy, Event entry, CancellationToken cancellation) =>
        Decide(policy, entry, queryFits: true) is { Passing: false } || string.IsNullOrEmpty(policy.Query)
            ? Decide(policy, entry, queryFits: false)
            : Decide(policy, entry, await MatchesAsync(policy.Query, entry, cancellation));

    internal static PolicyVerdict Decide(EventMatcherPolicy policy, Event entry, bool queryFits)
    {
        (string? Wanted, bool Fits, string Message)[] criteria =
        [
            (policy.Action, LaterActions.Fits(policy.Action ?? "", entry), "Action matched."),
            (policy.ClientIp, string.Equals(policy.ClientIp, entry.ClientIp, StringComparison.Ordinal), "Client IP matched."),
            (policy.App, EventMatcherPolicy.SameApp(policy.App, entry.App), "App matched."),
            (policy.Model, string.Equals(policy.Model, ModelOf(entry), StringComparison.Ordinal), "Model matched."),
            (policy.Query, queryFits, "Query matched."),
        ];
        var set = criteria.Where(c => !string.IsNullOrEmpty(c.Wanted)).ToList();
        return new PolicyVerdict(set.TrueForAll(c => c.Fits), [.. set.Where(c => c.Fits).Select(c => c.Message)]);
    }

    /// <summary>Asks the database about the one event, so that a query means here what it means in the log. A query that is none matches nothing.</summary>
    async Task<bool> MatchesAsync(string query, Event entry, CancellationToken cancellation) =>
        EventKind.Kind.Language is QueryLanguage<Event> language
        && language.Compile(query, db, clock.GetUtcNow()).Condition is { } condition
        && await db.Set<Event>().Where(e => e.Pk == entry.Pk).AnyAsync(condition, cancellation);

    static string ModelOf(Event entry) => $"{entry.Context["model"]?["app"]}.{entry.Context["model"]?["model_name"]}";
}
