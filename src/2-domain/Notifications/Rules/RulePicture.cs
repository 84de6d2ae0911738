using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Postern.Events;
using Postern.Notifications.Transports;
using Postern.Policies;
using Postern.Policies.Bindings;
using Postern.Policies.EventMatcher;
using Postern.Storage;
using Postern.Storage.Opening;
using Postern.Storage.Snapshots;

namespace Postern.Notifications.Rules;

/// <summary>All rules that can tell anybody anything, and their transports, at one moment.</summary>
sealed class RulePicture
{
    readonly FrozenDictionary<Guid, NotificationTransport> transports;
    readonly FrozenSet<string> boundPolicies;
    readonly IReadOnlyList<Criteria> wanted;

    RulePicture(IEnumerable<NotificationRule> rules, IEnumerable<NotificationTransport> transports, IReadOnlyList<PolicyBinding> bindings, IReadOnlyDictionary<Guid, Policy> policies)
    {
        this.transports = transports.ToFrozenDictionary(t => t.Pk);
        var byRule = bindings.ToLookup(b => b.Target);
        Rules = [.. rules.Where(r => r.TellsSomebody && byRule.Contains(r.Pk))];
        var bound = Rules.SelectMany(r => byRule[r.Pk]).ToList();
        wanted = [.. bound.Select(b => CriteriaOf(b, policies)).Distinct()];
        boundPolicies = bound.Where(b => b.PolicyPk is not null).Select(b => b.PolicyPk!.Value.ToString("N")).ToFrozenSet(StringComparer.Ordinal);
    }

    public IReadOnlyList<NotificationRule> Rules { get; }

    /// <summary>Whether some rule could be about the event: whatever this says no to need not be looked at again.</summary>
    public bool MayConcern(Event entry) => wanted.Any(w => w.Fits(entry)) && !IsOfOwnPolicy(entry);

    public NotificationTransport? Transport(Guid pk) => transports.GetValueOrDefault(pk);

    public static Snapshot<RulePicture> Watch(SnapshotHub hub, IServiceScopeFactory scopes) =>
        hub.Declare(["notification_rule", "notification_transport", "policy", "policy_binding"], cancellation => LoadAsync(scopes, cancellation));

    // What a rule's own policy does while it decides must not ask that policy again.
    bool IsOfOwnPolicy(Event entry) => entry.Context["policy_uuid"]?.ToString() is { } policy && boundPolicies.Contains(policy);

    static Criteria CriteriaOf(PolicyBinding binding, IReadOnlyDictionary<Guid, Policy> policies) =>
        binding is { Negate: false, FailureResult: false, PolicyPk: { } pk } && policies.GetValueOrDefault(pk) is EventMatcherPolicy matcher ? new(matcher.Action, matcher.App) : new(null, null);

    static async Task<RulePicture> LoadAsync(IServiceScopeFactory scopes, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope(Pool.Pictures);
        var db = scope.ServiceProvider.GetRequiredService<PosternDb>();
        var rules = await db.Set<NotificationRule>().AsNoTracking().OrderBy(r => r.Name).ToListAsync(cancellation);
        var ways = await db.Set<NotificationTransport>().AsNoTracking().ToListAsync(cancellation);
        var targets = rules.ConvertAll(r => r.Pk);
        var bindings = await db.Set<PolicyBinding>().AsNoTracking().Where(b => b.Enabled && targets.Contains(b.Target)).ToListAsync(cancellation);
        var used = bindings.ConvertAll(b => b.PolicyPk ?? Guid.Empty);
        var policies = await db.Set<Policy>().AsNoTracking().Where(p => used.Contains(p.Pk)).ToDictionaryAsync(p => p.Pk, cancellation);
        return new RulePicture(rules, ways, bindings, policies);
    }

    /// <summary>What a binding lets pass, as far as an event itself tells; null or nothing where it may be any.</summary>
    sealed record Criteria(string? Action, string? App)
    {
        public bool Fits(Event entry) =>
            (string.IsNullOrEmpty(Action) || LaterActions.Fits(Action, entry)) && (string.IsNullOrEmpty(App) || EventMatcherPolicy.SameApp(App, entry.App));
    }
}
