using System.Text.Json.Nodes;
using Postern.Kernel.Access;
using Postern.Storage.Kinds;

namespace Postern.Directory.Exports;

/// <summary>The declaration of exports; they belong to who asked for them.</summary>
public static class DataExportKind
{
    static readonly string[] Person = [.. Users.UserKind.Partial];

    public static readonly ModelKind<DataExport> Kind = ModelKind<DataExport>.Declare("authentik_reports.dataexport", static (k, kind) =>
    {
        k.Labels("Data Export", "Data Exports").Path("reports/exports", Verbs.List | Verbs.Retrieve | Verbs.Delete).PathParameter("id").Table("data_export").NotInBlueprints();
        k.Named(e => $"{e.Kind} of {e.RequestedOn:yyyy-MM-dd HH:mm}").OwnedBy(e => e.RequestedByPk);
        k.RequiresLicence(LicensedFeature.DataExports);
        k.Key(e => e.Pk, "id");
        k.Expand("requested_by", e => e.RequestedByPk, "authentik_core.user", Person);
        k.Timestamp("requested_on", e => e.RequestedOn).ReadOnly();
        k.Computed("content_type", (_, context) => ValueTask.FromResult<Func<DataExport, object?>>(e => ContentType(e.Kind, context.Get<KindRegistry>())));
        k.Json("query_params", e => e.QueryParams).ReadOnly();
        k.Computed("file_url", e => e.IsCompleted ? $"/api/v3/reports/exports/{e.Pk}/download/" : "");
        k.Computed("completed", e => e.IsCompleted);
        k.Computed("state", State);
        k.Computed("total", e => e.Total);
        k.Computed("done", e => e.Done);
        k.Computed("error", e => e.Error);
        k.Computed("size", e => e.Bytes);
        k.Search(e => e.Kind);
        k.Order("-requested_on");
        k.OrderBy("completed", e => e.FinishedOn);
        k.BeforeDelete(static (export, context) =>
        {
            context.Get<ExportFiles>().Delete(export.Pk);
            return ValueTask.CompletedTask;
        });
    });

    static object? State(DataExport export) => export switch
    {
        { Error.Length: > 0 } => "failed",
        { FinishedOn: not null } => "finished",
        { Total: not null } => "running",
        _ => "queued",
    };

    // Clients only tell content types apart by their number: it is the place of the kind among all names.
    static JsonObject ContentType(string name, KindRegistry kinds)
    {
        var kind = kinds.Find(name);
        return new JsonObject
        {
            ["id"] = kinds.All.Select(k => k.Name).Order(StringComparer.Ordinal).TakeWhile(n => !string.Equals(n, name, StringComparison.Ordinal)).Count() + 1,
            ["app_label"] = kind?.App ?? "",
            ["model"] = kind?.Model ?? name,
            ["verbose_name_plural"] = kind?.LabelPlural ?? name,
            ["fully_qualified_model"] = name,
        };
    }
}
