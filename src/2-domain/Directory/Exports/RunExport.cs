using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Postern.Directory.Sessions;
using Postern.Events;
using Postern.Events.Recording;
using Postern.Jobs;
using Postern.Kernel.Access;
using Postern.Storage;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;
using Postern.Storage.Opening;

namespace Postern.Directory.Exports;

/// <summary>
/// Writes the file of an export with the rights its requester has now, a thousand rows at a time from one picture of the database, and records
/// <c>export_ready</c> with the link. Deleting the export stops it.
/// </summary>
sealed class RunExport(PosternDb db, ObjectQuery objects, KindRegistry kinds, ExportFiles files, RecordEvent events, IServiceProvider services, IServiceScopeFactory scopes, TimeProvider clock) : IJobHandler
{
    public const string JobKind = "directory.export";
    const int Batch = 1000;

    public async Task ExecuteAsync(JsonObject payload, CancellationToken cancellation)
    {
        var pk = payload["export"]!.GetValue<Guid>();
        if (await db.Set<DataExport>().AsNoTracking().FirstOrDefaultAsync(e => e.Pk == pk && e.FinishedOn == null, cancellation) is not { } export)
            return;
        var caller = export.RequestedByPk is { } requester ? await FindCaller.OfActiveUserAsync(db, requester, cancellation) : null;
        if (caller is null || kinds.Find(export.Kind) is not { } kind)
        {
            await GiveUpAsync(pk, "The person who asked for it can no longer sign in.", cancellation);
            return;
        }
        var (refusal, isWanted) = await WriteAsync(export, caller, kind, cancellation);
        if (refusal is not null)
            await GiveUpAsync(pk, refusal, cancellation);
        else if (isWanted)
            await FinishAsync(export, caller, kind, cancellation);
        else
            files.Delete(pk);
    }

    async Task<(string? Refusal, bool IsWanted)> WriteAsync(DataExport export, Caller caller, ModelKind kind, CancellationToken cancellation)
    {
        await using var beside = scopes.CreateAsyncScope(Pool.Beside);
        var progress = beside.ServiceProvider.GetRequiredService<PosternDb>();
        await using var picture = await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        if (!(await objects.BatchesAsync(kind, caller, ExportParameters.Read(export.QueryParams), Batch, cancellation)).Succeeded(out var found, out var fault))
            return (fault.Message, true);
        var context = new LoadContext(db, caller, services, cancellation) { Excluded = ExportParameters.Excluded(export.QueryParams) };
        await using var output = new StreamWriter(files.Begin(export.Pk), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16);
        var rows = new CsvRows(kind, output);
        var done = 0;
        await foreach (var batch in found.Batches.WithCancellation(cancellation))
        {
            rows.Write(await Rendered.PageAsync(kind, batch, context));
            await output.FlushAsync(cancellation);
            done += batch.Count;
            if (await progress.ExecuteAsync("UPDATE data_export SET total = greatest($2, $3), done = $3 WHERE pk = $1", cancellation, export.Pk, found.Count, done) == 0)
                return (null, IsWanted: false);
        }
        return (null, IsWanted: true);
    }

    async Task FinishAsync(DataExport export, Caller caller, ModelKind kind, CancellationToken cancellation)
    {
        var bytes = files.Finish(export.Pk);
        await db.InTransactionAsync(
            async () =>
            {
                const string finish = "UPDATE data_export SET finished_on = $2, bytes = $3, total = done WHERE pk = $1";
                if (await db.ExecuteAsync(finish, cancellation, export.Pk, clock.GetUtcNow(), bytes) == 0)
                {
                    files.Delete(export.Pk);
                    return true;
                }
                events.Add(caller, EventAction.ExportReady, "authentik.reports.tasks", new JsonObject
                {
                    ["message"] = $"The export of {kind.LabelPlural.ToLowerInvariant()} is ready.",
                    ["hyperlink"] = $"/api/v3/reports/exports/{export.Pk}/download/",
                    ["hyperlink_label"] = "Download",
                    ["export"] = new JsonObject { ["pk"] = export.Pk.ToString(), ["kind"] = kind.Name },
                });
                await db.SaveChangesAsync(cancellation);
                return true;
            },
            static _ => true,
            cancellation);
    }

    async Task GiveUpAsync(Guid export, string reason, CancellationToken cancellation)
    {
        files.Delete(export);
        await db.ExecuteAsync("UPDATE data_export SET finished_on = $2, error = $3 WHERE pk = $1", cancellation, export, clock.GetUtcNow(), reason);
    }
}
