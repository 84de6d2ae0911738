using Postern.Storage;

namespace Postern.Blueprints.Importing;

/// <summary>Goes through the entries of one blueprint inside the import's transaction.</summary>
internal sealed class ApplyEntries(PosternDb db, OpenScope scope, CheckModels models, ApplyEntry apply)
{
    public async Task<ImportReport> ExecuteAsync(ImportRequest request, ImportRun run, CancellationToken cancellation)
    {
        var (resolver, objects) = scope.Execute(request);
        var denied = await models.ExecuteAsync(request.Blueprint, resolver, request.Caller, cancellation);
        if (denied.Count > 0)
            return new ImportReport([]) { Denied = denied };

        var reports = new List<EntryReport>(request.Blueprint.Entries.Count);
        foreach (var entry in request.Blueprint.Entries)
        {
            var work = new EntryWork(entry, resolver, objects, request.Caller, run);
            await apply.ExecuteAsync(work, cancellation);
            reports.Add(work.Report());
            // What an entry saved is saved; keeping it tracked would slow every later entry down.
            db.ChangeTracker.Clear();
        }

        return new ImportReport(reports);
    }
}
