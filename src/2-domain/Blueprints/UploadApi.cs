using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Postern.Api.Http;
using Postern.Blueprints.Importing;
using Postern.Blueprints.Library;
using Postern.Blueprints.Reading;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage.Kinds;

namespace Postern.Blueprints;

/// <summary>
/// The door through which a blueprint is applied once: a form with <c>file</c> or <c>path</c>, and optionally <c>context</c> (JSON). The
/// answer is 200 also for a refused blueprint, as clients of the reference expect; <c>success</c> says how it went. With <c>?dry_run=1</c>
/// nothing stays and the answer is the plan.
/// </summary>
internal static class UploadApi
{
    const int FormOverhead = 64 * 1024;

    public static Task<IResult> ImportAsync(HttpContext http, ImportBlueprint import, BlueprintLibrary library, BlueprintSettings settings, TimeProvider clock) =>
        ReadAndImportAsync(http, import, library, settings, IsDryRun(http), report => Answer(report, clock.GetUtcNow()));

    /// <summary>The same form; nothing stays, and the answer is the plan alone.</summary>
    public static Task<IResult> PlanAsync(HttpContext http, ImportBlueprint import, BlueprintLibrary library, BlueprintSettings settings) =>
        ReadAndImportAsync(http, import, library, settings, isPlan: true, report => new WireJson(writer => ReportJson.OfPlan(report).WriteTo(writer)));

    static async Task<IResult> ReadAndImportAsync(
        HttpContext http, ImportBlueprint import, BlueprintLibrary library, BlueprintSettings settings, bool isPlan, Func<ImportReport, WireJson> answer)
    {
        var caller = http.Caller();
        if (!caller.IsAuthenticated)
            return FaultResult.Of(new Fault.Unauthenticated());
        var (form, refusal) = await FormAsync(http, settings);
        if (form is null)
            return refusal!;
        if (!Context(form).Succeeded(out var context, out var fault))
            return FaultResult.Of(fault);
        var (reading, isTrusted) = await ReadAsync(form, library, settings, http.RequestAborted);
        if (reading is null)
            return FaultResult.Of(Fault.Input("Either path or file must be set"));

        var report = ImportReport.OfFile(reading.Problems, reading.Warnings);
        if (reading.Blueprint is { } blueprint)
        {
            var request = new ImportRequest(blueprint, caller) { Context = context, DryRun = isPlan, IsTrusted = isTrusted };
            report = (await import.ExecuteAsync(request, http.RequestAborted)) with { FileWarnings = reading.Warnings };
        }

        return report.Denied.Count > 0 ? Denied(report) : answer(report);
    }

    static async Task<(IFormCollection? Form, IResult? Refusal)> FormAsync(HttpContext http, BlueprintSettings settings)
    {
        if (!http.Request.HasFormContentType)
            return (null, FaultResult.Detail($"Unsupported media type \"{http.Request.ContentType}\" in request.", StatusCodes.Status415UnsupportedMediaType));
        // Somewhat more than a blueprint may hold, so that the reader is the one to say so; what is larger is not even received.
        var most = (2L * settings.Limits.MaxBytes) + FormOverhead;
        if (http.Request.ContentLength > most)
            return (null, TooLarge(settings));
        try
        {
            var options = new FormOptions { MultipartBodyLengthLimit = most, BufferBodyLengthLimit = most, ValueCountLimit = 16, MemoryBufferThreshold = (int)most };
            return (await http.Request.ReadFormAsync(options, http.RequestAborted), null);
        }
        catch (InvalidDataException failure)
        {
            return (null, FaultResult.Detail($"Multipart form parse error - {failure.Message}", StatusCodes.Status400BadRequest));
        }
        catch (BadHttpRequestException failure)
        {
            return (null, FaultResult.Detail(failure.Message, failure.StatusCode));
        }
    }

    static IResult TooLarge(BlueprintSettings settings) =>
        FaultResult.Detail($"A blueprint may hold at most {settings.Limits.MaxBytes} bytes.", StatusCodes.Status413PayloadTooLarge);

    static Result<JsonObject> Context(IFormCollection form)
    {
        if (form["context"].ToString() is not { Length: > 0 } text)
            return new JsonObject();
        try
        {
            var options = new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 64 };
            return JsonNode.Parse(text, documentOptions: options) is JsonObject context ? context : Fault.Field("context", "Value must be a dictionary.");
        }
        catch (JsonException)
        {
            return Fault.Field("context", "Value must be valid JSON.");
        }
    }

    static async Task<(BlueprintReading? Reading, bool IsTrusted)> ReadAsync(IFormCollection form, BlueprintLibrary library, BlueprintSettings settings, CancellationToken cancellation)
    {
        if (form.Files.GetFile("file") is { } upload)
        {
            if (upload.Length > settings.Limits.MaxBytes)
                return (BlueprintReading.Refused($"A blueprint may hold at most {settings.Limits.MaxBytes} bytes."), false);
            using var buffer = new MemoryStream();
            await upload.CopyToAsync(buffer, cancellation);
            return (BlueprintReader.Read(buffer.ToArray(), settings.Limits), false);
        }

        if (form["path"].ToString() is not { Length: > 0 } path)
            return (null, false);
        return await library.FindAsync(path, cancellation) is { } file
            ? (BlueprintReader.Read(file.Content.Span, settings.Limits), true)
            : (BlueprintReading.Refused("Blueprint file does not exist"), false);
    }

    static bool IsDryRun(HttpContext http) => http.Request.Query["dry_run"].ToString() is "1" or "true" or "True";

    static WireJson Denied(ImportReport report) => new(
        writer =>
        {
            writer.WriteStartObject();
            foreach (var (entry, text) in report.Denied)
                writer.WriteString(entry, text);
            writer.WriteEndObject();
        },
        StatusCodes.Status403Forbidden);

    static WireJson Answer(ImportReport report, DateTimeOffset now) => new(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("logs");
        foreach (var line in ReportLog.Of(report, now))
            Write(writer, line);
        writer.WriteEndArray();
        writer.WriteBoolean("success", report.IsSuccess);
        writer.WritePropertyName("entries");
        ReportJson.Of(report)["entries"]!.WriteTo(writer);
        writer.WriteEndObject();
    });

    static void Write(Utf8JsonWriter writer, LogLine line)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("timestamp");
        WireValue.Write(writer, line.Timestamp);
        writer.WriteString("log_level", line.Level);
        writer.WriteString("logger", LogLine.Logger);
        writer.WriteString("event", line.Event);
        writer.WritePropertyName("attributes");
        line.Attributes.WriteTo(writer);
        writer.WriteEndObject();
    }
}
