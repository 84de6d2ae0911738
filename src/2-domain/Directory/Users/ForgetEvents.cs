using System.Globalization;
using System.Text.Json.Nodes;
using Postern.Jobs;
using Postern.Storage;

namespace Postern.Directory.Users;

/// <summary>Deletes the events that a deleted user caused, a batch at a time. What others did to the user stays.</summary>
sealed class ForgetEvents(PosternDb db) : IJobHandler
{
    public const string JobKind = "directory.forget_events";

    const int Batch = 5000;

    static readonly string Delete = $"""
        DELETE FROM event WHERE (pk, created) IN (SELECT pk, created FROM event WHERE jsonb_extract_path_text("user", 'pk') = $1 LIMIT {Batch})
        """;

    public async Task ExecuteAsync(JsonObject payload, CancellationToken cancellation)
    {
        var user = payload["user"]!.GetValue<int>().ToString(CultureInfo.InvariantCulture);
        int deleted;
        do
        {
            deleted = await db.ExecuteAsync(Delete, cancellation, user);
        }
        while (deleted == Batch);
    }
}
