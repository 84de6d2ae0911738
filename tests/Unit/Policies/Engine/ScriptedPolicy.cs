using Postern.Policies;
using Postern.Policies.Engine;

namespace Postern.Tests.Unit.Policies.Engine;

/// <summary>A policy that does what its test says.</summary>
public sealed class ScriptedPolicy : Policy
{
    public Func<PolicyRequest, CancellationToken, Task<PolicyVerdict>> Decide { get; init; } = (_, _) => Task.FromResult(PolicyVerdict.Of(passing: true));

    public static ScriptedPolicy Saying(bool passing, params string[] messages) =>
        new() { Name = $"{passing} {string.Join(' ', messages)} {Guid.NewGuid()}", Decide = (_, _) => Task.FromResult(PolicyVerdict.Of(passing, messages)) };

    public static ScriptedPolicy Failing(string why) =>
        new() { Name = $"failing {Guid.NewGuid()}", Decide = (_, _) => Task.FromResult(PolicyVerdict.Failed(why)) };

    public static ScriptedPolicy Throwing() =>
        new() { Name = $"throwing {Guid.NewGuid()}", Decide = (_, _) => throw new InvalidOperationException("internal detail") };
}

sealed class ScriptedDoor : IPolicy<ScriptedPolicy>
{
    public async ValueTask<PolicyVerdict> EvaluateAsync(ScriptedPolicy policy, PolicyRequest request, CancellationToken cancellation) =>
        await policy.Decide(request, cancellation);
}
