using System.Security.Cryptography;
using Postern.Policies.Engine;

namespace Postern.Policies.Dummy;

/// <summary>Waits a random time between the two bounds, then gives the configured result.</summary>
sealed class DecideDummy(TimeProvider clock) : IPolicy<DummyPolicy>
{
    public async ValueTask<PolicyVerdict> EvaluateAsync(DummyPolicy policy, PolicyRequest request, CancellationToken cancellation)
    {
        var least = Math.Max(0, policy.WaitMin);
        var seconds = policy.WaitMax > least ? RandomNumberGenerator.GetInt32(least, policy.WaitMax) : least;
        await Task.Delay(TimeSpan.FromSeconds(seconds), clock, cancellation);
        return PolicyVerdict.Of(policy.Result, "dummy");
    }

    public bool? Foresee(DummyPolicy policy) => policy.Result;
}
