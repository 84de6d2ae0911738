using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Document;
using Postern.Api.Http;
using Postern.Directory.Imports;
using Postern.Kernel;
using Postern.Storage;
using Postern.Storage.Kinds;

namespace Postern.Directory.Batches;

/// <summary>Doors of imports and of actions on many users.</summary>
static class BatchApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v3/core/users/bulk/", BulkAsync)
            .Note("Begins an action on many users.", answer: "json", body: "json", status: 201);
        routes.MapPost("/api/v3/core/users/import/", ImportAsync)
            .Note("Begins an import of users from a file.", answer: "json", body: "UserImportRequest{file:file}", status: 201);
        routes.MapPost("/api/v3/core/user_batches/{id}/cancel/", CancelAsync)
            .Note("Stops the import or action.");
    }

    static async Task<IResult> BulkAsync(HttpContext http, RequestBatch request, PosternDb db)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http.Request, http.RequestAborted);
        if (unreadable is not null)
            return unreadable;
        if (body.ValueKind is not JsonValueKind.Object || JsonObject.Create(body) is not { } json)
            return FaultResult.Of(Fault.Input("Invalid data. Expected a dictionary."));
        if (!BatchRequest.Read(json).Succeeded(out var wanted, out var malformed))
            return FaultResult.Of(malformed);
        if (json["preview"]?.GetValueKind() is JsonValueKind.True)
        {
            var count = await request.CountAsync(http.Caller(), wanted, http.RequestAborted);
            return count.Fault is { } none ? FaultResult.Of(none) : new WireJson(writer => new JsonObject { ["count"] = count.Value }.WriteTo(writer));
        }
        return await AnswerAsync(http, await request.ExecuteAsync(http.Caller(), wanted, http.RequestAborted), db);
    }

    static async Task<IResult> ImportAsync(HttpContext http, RequestImport request, PosternDb db)
    {
        var (content, name) = await FileAsync(http);
        if (content is null)
            return FaultResult.Of(Fault.Field("file", "Send the CSV file as the body (text/csv) or as the part \"file\" of a form."));
        var options = new ImportOptions(name, Flag(http, "dry_run"), Flag(http, "keep_going"));
        return await AnswerAsync(http, await request.ExecuteAsync(http.Caller(), content, options, http.RequestAborted), db);
    }

    static async Task<IResult> CancelAsync(HttpContext http, string id, CancelBatch cancel)
    {
        var outcome = await cancel.ExecuteAsync(http.Caller(), id, http.RequestAborted);
        return outcome.Fault is { } fault ? FaultResult.Of(fault) : TypedResults.NoContent();
    }

    static async Task<(byte[]? Content, string Name)> FileAsync(HttpContext http)
    {
        using var content = new MemoryStream();
        if (http.Request.HasFormContentType)
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            if (form.Files["file"] is not { } file)
                return (null, "");
            await file.CopyToAsync(content, http.RequestAborted);
            return (content.ToArray(), file.FileName);
        }
        await http.Request.Body.CopyToAsync(content, http.RequestAborted);
        return (content.Length == 0 ? null : content.ToArray(), "users.csv");
    }

    static bool Flag(HttpContext http, string name) => string.Equals(http.Request.Query[name], "true", StringComparison.OrdinalIgnoreCase);

    static async Task<IResult> AnswerAsync(HttpContext http, Result<UserBatch> asked, PosternDb db)
    {
        if (!asked.Succeeded(out var batch, out var fault))
            return FaultResult.Of(fault);
        http.Response.Headers.Location = $"/api/v3/core/user_batches/{batch.Pk}/";
        var rendered = await Rendered.OneAsync(UserBatchKind.Kind, batch, new LoadContext(db, http.Caller(), http.RequestServices, http.RequestAborted));
        return new WireJson(rendered.Write, StatusCodes.Status201Created);
    }
}
