using Microsoft.Extensions.Logging;
using Postern.Policies.Bindings;

namespace Postern.Policies.Engine;

/// <summary>Lets one policy decide: within its time, with failures told apart from verdicts, and recorded.</summary>
sealed class RunPolicy(PolicyDoors doors, IPolicyJournal journal, TimeProvider clock, ILogger<RunPolicy> log)
{
    const string Broken = "The policy could not be evaluated.";

    /// <summary>The outcome; never throws but for the caller's own cancellation.</summary>
    public async ValueTask<PolicyOutcome> ExecuteAsync(Policy policy, PolicyBinding? binding, PolicyRequest request, CancellationToken cancellation)
    {
        var start = clock.GetTimestamp();
        var verdict = await DecideAsync(policy, binding?.Timeout ?? 0, request, cancellation);
        var passing = verdict.Failure is not null ? binding?.FailureResult ?? false : verdict.Passing != (binding?.Negate ?? false);
        var outcome = new PolicyOutcome(policy, binding, passing, verdict, clock.GetElapsedTime(start));
        if (request.Debug)
            return outcome;
        if (verdict.Failure is { } failure)
            await journal.FailedAsync(policy, binding, request, failure, cancellation);
        if (policy.ExecutionLogging)
            await journal.ExecutedAsync(policy, binding, request, outcome, cancellation);
        return outcome;
    }

    /// <summary>The verdict that everybody gets, after negation; null where it depends.</summary>
    public bool? Foresee(Policy policy, PolicyBinding binding) => doors.Foresee(policy) is { } passing ? passing != binding.Negate : null;

    async ValueTask<PolicyVerdict> DecideAsync(Policy policy, int timeoutSeconds, PolicyRequest request, CancellationToken cancellation)
    {
        using var timeout = timeoutSeconds > 0 ? new CancellationTokenSource(TimeSpan.FromSeconds(timeoutSeconds), clock) : new CancellationTokenSource();
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        try
        {
            return await doors.EvaluateAsync(policy, request, both.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested && timeout.IsCancellationRequested)
        {
            return PolicyVerdict.Failed($"The policy did not decide within {timeoutSeconds} seconds.");
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            // A broken policy must not take down whoever asked; its failure result is the configured answer.
            log.PolicyBroke(e, policy.Name);
            return PolicyVerdict.Failed(Broken);
        }
    }
}
