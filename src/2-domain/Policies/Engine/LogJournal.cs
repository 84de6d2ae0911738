using Microsoft.Extensions.Logging;
using Postern.Policies.Bindings;

namespace Postern.Policies.Engine;

/// <summary>Writes to the server's log what policies did.</summary>
sealed class LogJournal(ILogger<LogJournal> log) : IPolicyJournal
{
    public ValueTask FailedAsync(Policy policy, PolicyBinding? binding, PolicyRequest request, string message, CancellationToken cancellation)
    {
        log.PolicyFailed(policy.Name, message);
        return ValueTask.CompletedTask;
    }

    public ValueTask ExecutedAsync(Policy policy, PolicyBinding? binding, PolicyRequest request, PolicyOutcome outcome, CancellationToken cancellation)
    {
        log.PolicyExecuted(policy.Name, outcome.Passing);
        return ValueTask.CompletedTask;
    }
}
