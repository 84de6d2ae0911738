using System.Text.Json.Nodes;
using Postern.Jobs;
using Postern.Storage;

namespace Postern.Directory.Users;

/// <summary>Adds up the changes of folders, so that few rows tell how many users each has.</summary>
sealed class AddUpFolders(PosternDb db) : IJobHandler
{
    const string AddUp = """
        WITH gone AS (DELETE FROM user_folder_count WHERE path IN (SELECT path FROM user_folder_count GROUP BY path HAVING count(*) > 1 OR sum(delta) = 0) RETURNING path, delta)
        INSERT INTO user_folder_count SELECT path, sum(delta) FROM gone GROUP BY path HAVING sum(delta) <> 0
        """;

    public Task ExecuteAsync(JsonObject payload, CancellationToken cancellation) => db.ExecuteAsync(AddUp, cancellation);
}
