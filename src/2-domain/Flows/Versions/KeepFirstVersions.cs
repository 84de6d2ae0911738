using Postern.Api;
using Postern.Storage;

namespace Postern.Flows.Versions;

/// <summary>Keeps a first version of flows that have none because they are older than versions are.</summary>
sealed class KeepFirstVersions(PosternDb db, TakeVersion take) : IStartTask
{
    public int Order => 400;

    public async Task RunAsync(CancellationToken cancellation)
    {
        var flows = new List<Guid>();
        await using (var rows = await db.ReadAsync("SELECT pk FROM flow f WHERE NOT EXISTS (SELECT 1 FROM flow_version v WHERE v.flow = f.pk)", cancellation))
        {
            while (await rows.ReadAsync(cancellation))
                flows.Add(rows.GetGuid(0));
        }
        foreach (var flow in flows)
        {
            await db.InTransactionAsync(
                async () =>
                {
                    await take.ExecuteAsync(flow, person: null, cancellation);
                    return true;
                },
                done => done,
                cancellation);
        }
    }
}
