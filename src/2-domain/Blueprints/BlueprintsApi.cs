using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Postern.Api.Document;
using Postern.Api.Http;
using Postern.Blueprints.Exporting;
using Postern.Blueprints.Importing;
using Postern.Blueprints.Instances;
using Postern.Blueprints.Library;
using Postern.Blueprints.Reading;
using Postern.Jobs;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;

namespace Postern.Blueprints;

/// <summary>Doors of blueprints beyond CRUD: the files at hand, applying an instance, importing once.</summary>
internal static class BlueprintsApi
{
    static readonly ModelKind Kind = BlueprintInstanceKind.Kind;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v3/managed/blueprints/");
        group.MapGet("available/", AvailableAsync)
            .Note("Lists the blueprint files at hand.", answer: "[BlueprintFile{path last_m:time hash meta:json}]");
        group.MapPost("{lookup}/apply/", ApplyAsync)
            .Note("Applies the blueprint instance, in the background.", answer: "authentik_blueprints.blueprintinstance");
        group.MapGet("{lookup}/report/", ReportAsync)
            .Note("Answers what the last application changed.", answer: "json");
        group.MapGet("{lookup}/plan/", PlanAsync)
            .Note("Answers what applying the blueprint instance would change now.", answer: "json");
        group.MapPost("plan/", UploadApi.PlanAsync)
            .Note("Answers what importing a blueprint would change.", answer: "json", body: "BlueprintUploadRequest");
        group.MapPost("import/", UploadApi.ImportAsync)
            .Note("Applies a blueprint once, without an instance.", answer: "BlueprintImportResult{logs:[json] success:bool}", body: "BlueprintUploadRequest{file:file? path? context?}", query: "dry_run:bool?");
        group.MapGet("export/", ExportAsync)
            .Note("Answers everything the caller may see as a blueprint.", answer: "file");
    }

    static async Task<IResult> AvailableAsync(HttpContext http, IAccess access, BlueprintLibrary library, BlueprintSettings settings)
    {
        if (await access.RefuseAsync(http.Caller(), Kind.View, key: null, http.RequestAborted) is { } refusal)
            return FaultResult.Of(refusal);
        var files = await library.ListAsync(http.RequestAborted);
        return new WireJson(writer =>
        {
            writer.WriteStartArray();
            foreach (var file in files)
            {
                // Files that cannot be used are not offered.
                if (BlueprintReader.Read(file.Content.Span, settings.Limits).Blueprint is { } blueprint)
                    Write(writer, file, blueprint);
            }

            writer.WriteEndArray();
        });
    }

    static void Write(Utf8JsonWriter writer, BlueprintFile file, Blueprint blueprint)
    {
        writer.WriteStartObject();
        writer.WriteString("path", file.Path);
        writer.WritePropertyName("last_m");
        WireValue.Write(writer, file.LastModified);
        writer.WriteString("hash", file.Hash);
        writer.WritePropertyName("meta");
        MetadataJson.Of(blueprint.Metadata ?? new BlueprintMetadata(file.Path, new Dictionary<string, string>(StringComparer.Ordinal))).WriteTo(writer);
        writer.WriteEndObject();
    }

    // Applying changes whatever the blueprint names, so seeing the instance is not enough.
    static async Task<IResult> ApplyAsync(HttpContext http, string lookup, ObjectQuery query, IAccess access, JobQueue jobs, PosternDb db)
    {
        var found = await query.FindAsync(Kind, http.Caller(), lookup, tracked: false, http.RequestAborted);
        if (!found.Succeeded(out var entity, out var fault))
            return FaultResult.Of(fault);
        var instance = (BlueprintInstance)entity;
        if (await access.RefuseAsync(http.Caller(), Kind.Change, Kind.KeyOf(instance), http.RequestAborted) is { } refusal)
            return FaultResult.Of(refusal);
        jobs.Add(ApplyInstanceJob.Kind, ApplyInstanceJob.Payload(instance.Pk));
        await db.SaveChangesAsync(http.RequestAborted);
        var rendered = await Rendered.OneAsync(Kind, instance, new LoadContext(db, http.Caller(), http.RequestServices, http.RequestAborted));
        return new WireJson(rendered.Write);
    }

    // Everything the caller may see, so nobody is asked for more than being signed in.
    static async Task<IResult> ExportAsync(HttpContext http, ExportObjects export)
    {
        if (!http.Caller().IsAuthenticated)
            return FaultResult.Of(new Fault.Unauthenticated());
        http.Response.Headers.ContentDisposition = "attachment; filename=\"postern-export.yaml\"";
        return Results.Text(await export.EverythingAsync(http.Caller(), http.RequestAborted), "application/yaml");
    }

    static async Task<IResult> PlanAsync(HttpContext http, string lookup, PlanInstance plan)
    {
        if (!(await plan.ExecuteAsync(http.Caller(), lookup, http.RequestAborted)).Succeeded(out var planned, out var fault))
            return FaultResult.Of(fault);
        var answer = ReportJson.OfPlan(planned.Report);
        answer["changed_since"] = planned.IsNew;
        return new WireJson(writer => answer.WriteTo(writer));
    }

    static async Task<IResult> ReportAsync(HttpContext http, string lookup, ObjectQuery query)
    {
        var found = await query.FindAsync(Kind, http.Caller(), lookup, tracked: false, http.RequestAborted);
        return found.Succeeded(out var instance, out var fault)
            ? new WireJson(writer => ((BlueprintInstance)instance).Report.WriteTo(writer))
            : FaultResult.Of(fault);
    }
}
