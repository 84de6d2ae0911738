using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;

namespace Postern.Directory.Exports;

/// <summary>
/// Opens the file of an export for the person who asked for it, while they may still view the kind, and for others who may view exports and all
/// objects of the kind. Faults: unauthenticated, forbidden, not found (also while there is no file).
/// </summary>
public sealed class DownloadExport(ObjectQuery objects, IAccess access, KindRegistry kinds, ExportFiles files)
{
    public async Task<Result<ExportFile>> ExecuteAsync(Caller caller, string id, CancellationToken cancellation)
    {
        if (!(await objects.FindAsync(DataExportKind.Kind, caller, id, tracked: false, cancellation)).Succeeded(out var found, out var missing))
            return missing;
        var export = (DataExport)found;
        if (kinds.Find(export.Kind) is not { } kind)
            return new Fault.NotFound(DataExportKind.Kind.Label);
        var scope = await access.ScopeAsync(caller, kind.View, cancellation);
        if (!(scope.All || (caller.UserPk == export.RequestedByPk && !scope.IsEmpty)))
            return new Fault.Forbidden();
        if (!export.IsCompleted || files.Open(export.Pk) is not { } content)
            return new Fault.NotFound(DataExportKind.Kind.Label) { Message = "The file is not there (yet). Files lie on the node that made them unless the nodes share their data folder." };
        return new ExportFile($"{kind.LabelPlural.ToLowerInvariant().Replace(' ', '-')}-{export.RequestedOn:yyyyMMdd-HHmm}.csv", content);
    }
}

/// <summary>An opened export.</summary>
public sealed record ExportFile(string Name, Stream Content);
