using System.Text.Json.Nodes;
using Postern.Jobs;
using Postern.Storage;

namespace Postern.OAuth2.Logout;

/// <summary>Deletes what has expired. Nothing depends on it: whatever expires is checked where it is used.</summary>
sealed class CleanUp(PosternDb db, TimeProvider clock) : IJobHandler
{
    public const string JobKind = "oauth2.expired";

    // A used code is remembered a while, so that its second use is noticed.
    static readonly TimeSpan Memory = TimeSpan.FromDays(1);

    public async Task ExecuteAsync(JsonObject payload, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        foreach (var (table, before) in new[]
        {
            ("oauth2_authorization_code", now - Memory), ("oauth2_access_token", now), ("oauth2_refresh_token", now - Memory), ("oauth2_pushed_request", now), ("oauth2_device_code", now - Memory), ("oauth2_used_name", now),
        })
            await db.ExecuteAsync($"DELETE FROM {table} WHERE expires < $1", cancellation, before);
    }
}
