using Postern.Directory.Places;
using Postern.Policies.Bindings;
using Postern.Storage.Snapshots;

namespace Postern.Policies.Engine;

/// <summary>
/// Decides whether someone may pass a target's bindings. Bindings and policies come from memory; every policy always runs, in order, because
/// messages and effects on the context matter. Nothing is remembered between requests.
/// </summary>
public sealed class PolicyEngine
{
    readonly Snapshot<PolicyPicture> pictures;
    readonly RunPolicy run;
    readonly UserGroups groups;

    readonly PlaceLookup places;

    internal PolicyEngine(Snapshot<PolicyPicture> pictures, RunPolicy run, UserGroups groups, PlaceLookup places) =>
        (this.pictures, this.run, this.groups, this.places) = (pictures, run, groups, places);

    /// <summary>Whether anything enabled is bound to the target.</summary>
    public async ValueTask<bool> IsBoundAsync(Guid target, CancellationToken cancellation) =>
        (await pictures.GetAsync(cancellation)).BindingsOf(target).Count > 0;

    /// <summary>What everybody gets from the bindings of a target, as far as it can be told without asking: true passes (so does nothing bound), false never does, null depends.</summary>
    public async ValueTask<bool?> ForeseeAsync(Guid target, PolicyEngineMode mode, CancellationToken cancellation)
    {
        var picture = await pictures.GetAsync(cancellation);
        var verdicts = picture.BindingsOf(target).Select(b => b.PolicyPk is { } pk && picture.Find(pk) is { } policy ? run.Foresee(policy, b) : null).ToList();
        var deciding = mode is PolicyEngineMode.Any;
        return verdicts.Count == 0 ? true : verdicts.Contains(deciding) ? deciding : verdicts.TrueForAll(v => v == !deciding) ? !deciding : null;
    }

    /// <summary>Evaluates all enabled bindings of a target, by its primary key.</summary>
    public async ValueTask<PolicyResult> EvaluateAsync(Guid target, PolicyEngineMode mode, PolicyRequest request, CancellationToken cancellation)
    {
        var picture = await pictures.GetAsync(cancellation);
        return await EvaluateAsync(picture, picture.BindingsOf(target), mode, request, cancellation);
    }

    /// <summary>Evaluates policies as if they were bound in this order, all of which must pass unless <paramref name="mode"/> says otherwise.</summary>
    public async ValueTask<PolicyResult> EvaluateListAsync(
        IReadOnlyList<Guid> policies, PolicyRequest request, CancellationToken cancellation, PolicyEngineMode mode = PolicyEngineMode.All)
    {
        var bindings = policies.Select((policy, order) => new PolicyBinding { PolicyPk = policy, Order = order }).ToList();
        return await EvaluateAsync(await pictures.GetAsync(cancellation), bindings, mode, request, cancellation);
    }

    /// <summary>Evaluates one policy on its own; null when there is none with this key.</summary>
    public async ValueTask<PolicyOutcome?> EvaluateOneAsync(Guid policy, PolicyRequest request, CancellationToken cancellation) =>
        (await pictures.GetAsync(cancellation)).Find(policy) is { } found ? await run.ExecuteAsync(found, binding: null, request, cancellation) : null;

    /// <summary>Evaluates one policy on its own, by its exact name; null when there is none.</summary>
    public async ValueTask<PolicyOutcome?> EvaluateOneAsync(string policy, PolicyRequest request, CancellationToken cancellation) =>
        (await pictures.GetAsync(cancellation)).Find(policy) is { } found ? await run.ExecuteAsync(found, binding: null, request, cancellation) : null;

    async ValueTask<PolicyResult> EvaluateAsync(
        PolicyPicture picture, IReadOnlyList<PolicyBinding> bindings, PolicyEngineMode mode, PolicyRequest request, CancellationToken cancellation)
    {
        var outcomes = new List<PolicyOutcome>();
        if (bindings.Count > 0 && request.Http?.ClientIp is { } address)
        {
            request.Context.TryAdd("geoip", places.PlaceOf(address));
            request.Context.TryAdd("asn", places.NetworkOf(address));
        }
        foreach (var binding in bindings)
        {
            // A policy deleted between two pictures takes its binding along.
            if (binding.PolicyPk is { } pk && picture.Find(pk) is { } policy)
                outcomes.Add(await run.ExecuteAsync(policy, binding, request, cancellation));
        }
        IReadOnlySet<Guid> memberOf = bindings.Any(b => b.GroupPk is not null) ? await groups.OfAsync(request, cancellation) : new HashSet<Guid>();
        var members = StaticBindings.Each(bindings, request.User?.Pk ?? 0, memberOf);
        if (StaticBindings.Decide(members, mode) is { } member)
            outcomes.Add(new PolicyOutcome(Policy: null, Binding: null, member, PolicyVerdict.Of(member), TimeSpan.Zero) { Members = members });
        return Combine(outcomes, mode);
    }

    static PolicyResult Combine(List<PolicyOutcome> outcomes, PolicyEngineMode mode)
    {
        var passing = outcomes.Count == 0 || (mode is PolicyEngineMode.All ? outcomes.TrueForAll(o => o.Passing) : outcomes.Exists(o => o.Passing));
        return new PolicyResult(passing, [.. outcomes.SelectMany(o => o.Verdict.Messages)])
        {
            NothingBound = outcomes.Count == 0,
            LogMessages = [.. outcomes.SelectMany(o => o.Verdict.Log)],
            Outcomes = outcomes,
        };
    }
}
