namespace Postern.Policies.Engine;

/// <summary>What all bindings of a target say together.</summary>
public sealed record PolicyResult(bool Passing, IReadOnlyList<string> Messages)
{
    /// <summary>Nothing is bound: everyone passes, unless the asker wants it otherwise.</summary>
    public bool NothingBound { get; init; }

    /// <summary>Does not pass, and not because a policy said so: one could not decide.</summary>
    public bool IsUndecided => !Passing && Outcomes.Any(o => o is { Passing: false, Verdict.Failure: not null });

    /// <summary>What each policy wrote to its log, in order.</summary>
    public IReadOnlyList<PolicyLog> LogMessages { get; init; } = [];

    /// <summary>How each policy decided, in order; group and user bindings together are the last entry.</summary>
    public IReadOnlyList<PolicyOutcome> Outcomes { get; init; } = [];
}

/// <summary>How one policy (or all group and user bindings together) decided, for administrators.</summary>
/// <param name="Policy">The policy; null for the group and user bindings.</param>
/// <param name="Binding">The binding; null outside bindings.</param>
/// <param name="Passing">After negation and failure result.</param>
/// <param name="Verdict">What the policy itself said.</param>
/// <param name="Elapsed">Time it took.</param>
public sealed record PolicyOutcome(Policy? Policy, Bindings.PolicyBinding? Binding, bool Passing, PolicyVerdict Verdict, TimeSpan Elapsed)
{
    /// <summary>What each group and user binding says by itself, after negation; empty for a policy.</summary>
    public IReadOnlyList<MemberVerdict> Members { get; init; } = [];
}

/// <summary>What a group or user binding says by itself.</summary>
public sealed record MemberVerdict(Bindings.PolicyBinding Binding, bool Passing);

/// <summary>How several verdicts make one.</summary>
public enum PolicyEngineMode
{
    /// <summary>One that passes is enough.</summary>
    Any,

    /// <summary>Every one must pass.</summary>
    All,
}
