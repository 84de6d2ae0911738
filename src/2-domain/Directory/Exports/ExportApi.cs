using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Postern.Api.Document;
using Postern.Api.Http;
using Postern.Directory.Groups;
using Postern.Directory.Users;
using Postern.Events;
using Postern.Kernel;
using Postern.Storage;
using Postern.Storage.Kinds;

namespace Postern.Directory.Exports;

/// <summary>Doors of exports beyond reading and deleting them.</summary>
static class ExportApi
{
    /// <summary>What can be exported.</summary>
    static readonly ModelKind[] Exportable = [UserKind.Kind, GroupKind.Kind, EventKind.Kind];

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var kind in Exportable)
            routes.MapPost($"/api/v3/{kind.Path}/export/", (HttpContext http, RequestExport request, PosternDb db) => RequestAsync(http, kind, request, db))
            .Note("Begins an export of what the filters of the query match.", answer: "authentik_reports.dataexport", status: 201);
        routes.MapGet("/api/v3/reports/exports/{id}/download/", DownloadAsync)
            .Note("Answers the file of the export.", answer: "file");
    }

    static async Task<IResult> RequestAsync(HttpContext http, ModelKind kind, RequestExport request, PosternDb db)
    {
        var caller = http.Caller();
        var asked = await request.ExecuteAsync(caller, kind, ExportParameters.Of(http.Request.Query), http.RequestAborted);
        if (!asked.Succeeded(out var export, out var fault))
            return FaultResult.Of(fault);
        http.Response.Headers.Location = $"/api/v3/reports/exports/{export.Pk}/";
        var rendered = await Rendered.OneAsync(DataExportKind.Kind, export, new LoadContext(db, caller, http.RequestServices, http.RequestAborted));
        return new WireJson(rendered.Write, StatusCodes.Status201Created);
    }

    static async Task<IResult> DownloadAsync(HttpContext http, string id, DownloadExport download)
    {
        if (!(await download.ExecuteAsync(http.Caller(), id, http.RequestAborted)).Succeeded(out var file, out var fault))
            return FaultResult.Of(fault);
        http.Response.Headers.CacheControl = "no-store";
        return Results.Stream(file.Content, "text/csv; charset=utf-8", file.Name);
    }
}
