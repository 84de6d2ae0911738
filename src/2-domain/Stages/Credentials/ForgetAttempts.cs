using System.Text.Json.Nodes;
using Postern.Jobs;
using Postern.Storage;

namespace Postern.Stages.Credentials;

/// <summary>Deletes counts of failed sign-ins that no longer matter.</summary>
sealed class ForgetAttempts(PosternDb db, TimeProvider clock) : IJobHandler
{
    public Task ExecuteAsync(JsonObject payload, CancellationToken cancellation) =>
        db.ExecuteAsync("DELETE FROM sign_in_attempts WHERE last_at < $1", cancellation, clock.GetUtcNow().AddDays(-1));
}
