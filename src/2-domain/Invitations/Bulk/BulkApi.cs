using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Document;
using Postern.Api.Http;
using Postern.Brands;
using Postern.Directory.Imports;
using Postern.Kernel;
using Postern.Storage;
using Postern.Storage.Kinds;

namespace Postern.Invitations.Bulk;

/// <summary>Doors of batches: <c>POST .../invitations/bulk/</c> takes a form with a CSV file, or JSON with <c>rows</c>, <c>csv</c> or <c>paste</c>.</summary>
static class BulkApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v3/stages/invitation/invitations/bulk/", RequestAsync)
            .Note("Begins to invite many people.", answer: "authentik_stages_invitation.invitationbatch", body: "InvitationBulkRequest{rows:[json]? csv? paste? template:json? dry_run:bool? keep_going:bool? idempotency_key?}", status: 201);
        routes.MapPost("/api/v3/stages/invitation/batches/{id}/cancel/", CancelAsync).Note("Stops a batch of invitations.");
        routes.MapGet("/api/v3/stages/invitation/batches/{id:guid}/result/", ResultAsync).Note("What came of each row, as CSV with links.", answer: "file");
    }

    static async Task<IResult> RequestAsync(HttpContext http, RequestBulk request, PosternDb db)
    {
        if (await request.RefuseAsync(http.Caller(), http.RequestAborted) is { } refusal)
            return FaultResult.Of(refusal);
        if (!(await ReadAsync(http)).Succeeded(out var wanted, out var malformed))
            return FaultResult.Of(malformed);
        if (!(await request.ExecuteAsync(http.Caller(), wanted, http.RequestAborted)).Succeeded(out var batch, out var fault))
            return FaultResult.Of(fault);
        http.Response.Headers.Location = $"/api/v3/stages/invitation/batches/{batch.Pk}/";
        var rendered = await Rendered.OneAsync(InvitationBatchKind.Kind, batch, new LoadContext(db, http.Caller(), http.RequestServices, http.RequestAborted));
        return new WireJson(rendered.Write, StatusCodes.Status201Created);
    }

    static async Task<IResult> CancelAsync(HttpContext http, string id, CancelBulk cancel) =>
        (await cancel.ExecuteAsync(http.Caller(), id, http.RequestAborted)).Fault is { } fault ? FaultResult.Of(fault) : TypedResults.NoContent();

    static async Task<IResult> ResultAsync(HttpContext http, Guid id, WriteResult result, Links links)
    {
        if (await result.RefuseAsync(http.Caller(), id.ToString(), http.RequestAborted) is { } refusal)
            return FaultResult.Of(refusal);
        var address = await links.BaseAsync(http.Request, http.RequestAborted) ?? "";
        http.Response.Headers.ContentDisposition = "attachment; filename=\"invitations.csv\"";
        http.Response.Headers.CacheControl = "no-store";
        return Results.Stream(
            async stream =>
            {
                await using var output = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
                await result.ExecuteAsync(id, address, output, http.RequestAborted);
            },
            "text/csv; charset=utf-8");
    }

    static async Task<Result<BulkRequest>> ReadAsync(HttpContext http)
    {
        if (http.Request.HasFormContentType)
            return await FormAsync(await http.Request.ReadFormAsync(http.RequestAborted), Key(http, body: null), http.RequestAborted);
        var (element, unreadable) = await JsonBody.ReadAsync(http.Request, http.RequestAborted);
        if (unreadable is not null || element.ValueKind is not JsonValueKind.Object || JsonObject.Create(element) is not { } body)
            return Fault.Input("Invalid data. Expected a dictionary.");
        var rows = body["csv"] is JsonValue csv ? BulkRequest.OfCsv(csv.ToString())
            : body["paste"] is JsonValue paste ? Result<IReadOnlyList<BulkRow>>.Of(BulkRequest.OfPaste(paste.ToString()))
            : OfList(body["rows"]);
        return rows.Then(found => new BulkRequest(found, body["template"]?.DeepClone() as JsonObject ?? []) { DryRun = IsTrue(body["dry_run"]), KeepGoing = IsTrue(body["keep_going"]), IdempotencyKey = Key(http, body) });
    }

    static Result<IReadOnlyList<BulkRow>> OfList(JsonNode? rows) => rows is JsonArray list && list.All(r => r is JsonObject)
        ? Result<IReadOnlyList<BulkRow>>.Of([.. list.Select((r, i) => new BulkRow(i + 1, r!.DeepClone().AsObject()))])
        : Fault.Field("rows", "Give a list of objects such as {\"email\": ...}, a \"csv\" or a \"paste\".");

    /// <summary>As a form of the console or a program sends it.</summary>
    internal static async Task<Result<BulkRequest>> FormAsync(IFormCollection form, string? key, CancellationToken cancellation)
    {
        JsonObject? template;
        try
        {
            template = JsonNode.Parse(form["template"].ToString() is { Length: > 0 } text ? text : "{}") as JsonObject;
        }
        catch (JsonException)
        {
            template = null;
        }
        if (template is null)
            return Fault.Field("template", "Must be a JSON object.");
        if (form.Files["file"] is not { Length: > 0 } file)
            return Fault.Field("file", "Send a CSV file as the part \"file\".");
        using var content = new MemoryStream();
        await file.CopyToAsync(content, cancellation);
        if (!CsvText.Decode(content.ToArray()).Succeeded(out var csv, out var unreadable))
            return unreadable;
        return BulkRequest.OfCsv(csv).Then(rows => new BulkRequest(rows, template) { DryRun = form["dry_run"] == "true", KeepGoing = form["keep_going"] == "true", IdempotencyKey = key });
    }

    static string? Key(HttpContext http, JsonObject? body) =>
        http.Request.Headers["Idempotency-Key"].ToString() is { Length: > 0 } header ? header : body?["idempotency_key"]?.ToString();

    static bool IsTrue(JsonNode? node) => node?.GetValueKind() is JsonValueKind.True;
}
