using Postern.Policies.Bindings;

namespace Postern.Policies.Engine;

/// <summary>Decides bindings of groups and users, which are membership tests and need no policy.</summary>
static class StaticBindings
{
    /// <summary>All static bindings as one verdict; null when there is none.</summary>
    public static bool? Decide(IReadOnlyList<PolicyBinding> bindings, PolicyEngineMode mode, int user, IReadOnlySet<Guid> groups) =>
        Decide(Each(bindings, user, groups), mode);

    /// <summary>Several of them as one verdict; null when there is none.</summary>
    public static bool? Decide(IReadOnlyList<MemberVerdict> members, PolicyEngineMode mode) =>
        members.Count == 0 ? null : mode is PolicyEngineMode.All ? members.All(m => m.Passing) : members.Any(m => m.Passing);

    /// <summary>What each static binding says by itself.</summary>
    public static IReadOnlyList<MemberVerdict> Each(IReadOnlyList<PolicyBinding> bindings, int user, IReadOnlySet<Guid> groups) =>
        [.. bindings.Where(b => b.PolicyPk is null).Select(b => new MemberVerdict(b, Matches(b, user, groups) != b.Negate))];

    // Nobody, and a user that is not stored yet (key 0), is in no group and is no one's user; a negated binding lets them pass.
    static bool Matches(PolicyBinding binding, int user, IReadOnlySet<Guid> groups) =>
        (binding.UserPk is { } one && one == user) || (binding.GroupPk is { } group && groups.Contains(group));
}
