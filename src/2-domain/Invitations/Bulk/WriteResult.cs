using Microsoft.EntityFrameworkCore;
using Postern.Directory.Exports;
using Postern.Flows;
using Postern.Invitations.Ledger;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage;
using Postern.Storage.Objects;
using Postern.Storage.Snapshots;

namespace Postern.Invitations.Bulk;

/// <summary>Writes what came of each row of a batch as CSV, with links, for who may see the batch and its invitations. A thousand rows are in memory at a time.</summary>
public sealed class WriteResult(PosternDb db, ObjectQuery objects, IAccess access, Snapshot<FlowPicture> flows, TimeProvider clock)
{
    const int Batch = 1000;
    static readonly string[] Header = ["line", "email", "name", "invitation", "status", "link", "error"];

    /// <summary>Null when the batch may be read, else why not. Faults: forbidden, not found.</summary>
    public async Task<Fault?> RefuseAsync(Caller caller, string id, CancellationToken cancellation) =>
        (await objects.FindAsync(InvitationBatchKind.Kind, caller, id, tracked: false, cancellation)).Fault
        ?? await access.RefuseAsync(caller, InvitationKind.Kind.View, key: null, cancellation);

    /// <summary>Links begin with <paramref name="address"/>.</summary>
    public async Task ExecuteAsync(Guid batch, string address, TextWriter output, CancellationToken cancellation)
    {
        var picture = await flows.GetAsync(cancellation);
        var csv = new CsvWriter(output);
        foreach (var title in Header)
            csv.Cell(title);
        csv.EndRow();
        var line = 0;
        while (await BulkRows.NextAsync(db, batch, line, onlyOpen: false, Batch, cancellation) is { Count: > 0 } rows)
        {
            var outcomes = await OutcomesAsync(batch, line, rows[^1].Line, cancellation);
            var keys = outcomes.Values.Select(o => o.Pk).OfType<Guid>().ToList();
            var made = await db.Set<Invitation>().AsNoTracking().Where(i => keys.Contains(i.Pk)).ToDictionaryAsync(i => i.Pk, cancellation);
            foreach (var row in rows)
                Write(csv, row, outcomes[row.Line].Pk is { } pk ? made.GetValueOrDefault(pk) : null, outcomes[row.Line].Error, address, picture);
            await output.FlushAsync(cancellation);
            line = rows[^1].Line;
        }
    }

    void Write(CsvWriter csv, BulkRow row, Invitation? made, string error, string address, FlowPicture picture)
    {
        csv.Cell($"{row.Line}", isNumber: true);
        csv.Cell(row["email"]);
        csv.Cell(row["name"]);
        csv.Cell(made?.Name ?? "");
        csv.Cell(made is null ? "" : InvitationStatus.Of(made, clock.GetUtcNow()));
        csv.Cell(made?.FlowPk is { } flow && picture.Find(flow) is { } found ? $"{address}/if/flow/{found.Slug}/?itoken={made.Pk}" : "");
        csv.Cell(error);
        csv.EndRow();
    }

    async Task<Dictionary<int, (Guid? Pk, string Error)>> OutcomesAsync(Guid batch, int after, int last, CancellationToken cancellation)
    {
        var outcomes = new Dictionary<int, (Guid?, string)>();
        await using var rows = await db.ReadAsync("SELECT line, invitation_pk, error FROM invitation_row WHERE batch_pk = $1 AND line > $2 AND line <= $3", cancellation, batch, after, last);
        while (await rows.ReadAsync(cancellation))
            outcomes[rows.GetInt32(0)] = (rows.IsDBNull(1) ? null : rows.GetGuid(1), rows.GetString(2));
        return outcomes;
    }
}
