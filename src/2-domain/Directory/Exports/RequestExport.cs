using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Directory.Users;
using Postern.Jobs;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;

namespace Postern.Directory.Exports;

/// <summary>
/// Asks for a list as a file. Needs sight of the kind and <c>add_dataexport</c>; the parameters are those of the list and are checked like there.
/// Writes the export and the job that makes its file. Faults: unauthenticated, forbidden, invalid (malformed filters, too many waiting, no licence where one is needed).
/// </summary>
public sealed class RequestExport(PosternDb db, IAccess access, ObjectQuery objects, ILicenseRules licenses, JobQueue jobs, TimeProvider clock)
{
    /// <summary>Exports of one person that may wait at a time.</summary>
    public const int MostWaiting = 10;

    public async Task<Result<DataExport>> ExecuteAsync(Caller caller, ModelKind kind, JsonObject parameters, CancellationToken cancellation)
    {
        if (await access.RefuseAsync(caller, DataExportKind.Kind.Add, key: null, cancellation) is { } refusal)
            return refusal;
        if (await licenses.LacksAsync(LicensedFeature.DataExports, cancellation))
            return Fault.Input("Enterprise is required to use this endpoint.");
        if (licenses.IsGated(LicensedFeature.DataExports) && await db.Set<User>().AnyAsync(u => u.Pk == caller.UserPk && u.Type == UserType.External, cancellation))
            return new Fault.Forbidden("Feature only accessible for internal users.");
        var wanted = await objects.CountAsync(kind, caller, ExportParameters.Read(parameters), cancellation);
        if (wanted.Fault is { } fault)
            return fault;
        if (await db.Set<DataExport>().CountAsync(e => e.RequestedByPk == caller.UserPk && e.FinishedOn == null, cancellation) >= MostWaiting)
            return Fault.Field(FieldErrors.NonField, $"{MostWaiting} of your exports are still waiting. Wait for them or delete some.");
        var export = new DataExport { RequestedByPk = caller.UserPk, RequestedOn = clock.GetUtcNow(), Kind = kind.Name, QueryParams = parameters };
        db.Add(export);
        jobs.Add(RunExport.JobKind, new JsonObject { ["export"] = export.Pk });
        await db.SaveChangesAsync(cancellation);
        return export;
    }
}
