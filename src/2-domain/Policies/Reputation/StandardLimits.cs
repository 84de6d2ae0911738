namespace Postern.Policies.Reputation;

/// <summary>The limits where nobody set others.</summary>
sealed class StandardLimits : IReputationLimits
{
    public ValueTask<(int Lower, int Upper)> GetAsync(CancellationToken cancellation) => ValueTask.FromResult((-5, 5));
}
