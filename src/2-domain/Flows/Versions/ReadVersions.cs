using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage;
using Postern.Storage.Objects;

namespace Postern.Flows.Versions;

/// <summary>Reads the versions of a flow. They hold what its export holds, so they need the same right.</summary>
public sealed class ReadVersions(PosternDb db, ObjectQuery query, IAccess access)
{
    /// <summary>The versions, newest first, without their text. Faults: forbidden, not found.</summary>
    public async Task<Result<IReadOnlyList<FlowVersion>>> ListAsync(Caller caller, string slug, CancellationToken cancellation)
    {
        if (!(await FlowAsync(caller, slug, cancellation)).Succeeded(out var flow, out var fault))
            return fault;
        return Result<IReadOnlyList<FlowVersion>>.Of([.. (await ReadAsync(flow, from: 1, to: int.MaxValue, cancellation)).Select(v => v with { Content = "" }).Reverse()]);
    }

    /// <summary>One version with its text. Faults: forbidden, not found.</summary>
    public async Task<Result<(Flow Flow, FlowVersion Version)>> FindAsync(Caller caller, string slug, int number, CancellationToken cancellation)
    {
        if (!(await FlowAsync(caller, slug, cancellation)).Succeeded(out var flow, out var fault))
            return fault;
        return await ReadAsync(flow, number - 1, number, cancellation) is [.., var version] && version.Number == number ? (flow, version) : new Fault.NotFound("Version");
    }

    async Task<Result<Flow>> FlowAsync(Caller caller, string slug, CancellationToken cancellation)
    {
        if (!(await query.FindAsync(FlowKind.Kind, caller, slug, tracked: false, cancellation)).Succeeded(out var flow, out var fault))
            return fault;
        if (await access.RefuseAsync(caller, FlowKind.Export, FlowKind.Kind.KeyOf(flow), cancellation) is { } refusal)
            return refusal;
        return (Flow)flow;
    }

    // Oldest first: each is compared with the one before it.
    async Task<IReadOnlyList<FlowVersion>> ReadAsync(Flow flow, int from, int to, CancellationToken cancellation)
    {
        var versions = new List<FlowVersion>();
        VersionText? before = null;
        await using var rows = await db.ReadAsync(
            """
            SELECT v.number, v.created, v.person, u.username, v.content
            FROM flow_version v LEFT JOIN "user" u ON u.pk = v.person
            WHERE v.flow = $1 AND v.number BETWEEN $2 AND $3 ORDER BY v.number
            """,
            cancellation, flow.Pk, from, to);
        while (await rows.ReadAsync(cancellation))
        {
            var text = VersionText.Read(rows.GetString(4));
            versions.Add(new FlowVersion(
                rows.GetInt32(0), rows.GetFieldValue<DateTimeOffset>(1), rows.IsDBNull(2) ? null : rows.GetInt32(2), rows.IsDBNull(3) ? null : rows.GetString(3), text.Since(before))
            {
                Content = rows.GetString(4),
                IsOldest = before is null,
            });
            before = text;
        }
        return versions;
    }
}
