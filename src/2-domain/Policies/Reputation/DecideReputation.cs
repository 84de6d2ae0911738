using Microsoft.EntityFrameworkCore;
using Postern.Policies.Engine;
using Postern.Storage;

namespace Postern.Policies.Reputation;

/// <summary>Adds up the scores of the client's address and of the user's name, and passes at or below the threshold.</summary>
sealed class DecideReputation(PosternDb db, TimeProvider clock) : IPolicy<ReputationPolicy>
{
    public async ValueTask<PolicyVerdict> EvaluateAsync(ReputationPolicy policy, PolicyRequest request, CancellationToken cancellation)
    {
        var ip = policy.CheckIp ? (request.Http?.ClientIp ?? request.Caller.ClientIp)?.ToString() : null;
        var identifier = policy.CheckUsername ? request.User?.Username : null;
        var now = clock.GetUtcNow();
        var score = await db.Set<ReputationScore>()
            .Where(s => s.Expires > now && ((ip != null && s.Ip == ip) || (identifier != null && s.Identifier == identifier)))
            .SumAsync(s => s.Score, cancellation);
        return PolicyVerdict.Of(score <= policy.Threshold);
    }
}
