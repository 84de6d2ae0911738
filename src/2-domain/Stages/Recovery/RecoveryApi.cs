using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Document;
using Postern.Api.Http;
using Postern.Kernel;

namespace Postern.Stages.Recovery;

/// <summary>How administrators let people back in: <c>core/users/{id}/recovery/</c> and <c>recovery_email/</c>.</summary>
static class RecoveryApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v3/core/users/{lookup}/recovery/", LinkAsync)
            .Note("Makes a recovery link.", answer: "Link", body: "UserRecoveryLinkRequest{token_duration?}");
        routes.MapPost("/api/v3/core/users/{lookup}/recovery_email/", MailAsync)
            .Note("Sends a recovery link by email.", body: "UserRecoveryEmailRequest{email_stage:uuid token_duration?}");
    }

    static async Task<IResult> LinkAsync(string lookup, HttpContext http, CreateRecoveryLink create)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http.Request, http.RequestAborted);
        if (unreadable is not null)
            return unreadable;
        if (!(await create.ExecuteAsync(http, lookup, Duration(body), http.RequestAborted)).Succeeded(out var link, out var fault))
            return FaultResult.Of(fault);
        http.Response.Headers.CacheControl = "no-store";
        return new WireJson(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("link", link.Reveal);
            writer.WriteEndObject();
        });
    }

    static async Task<IResult> MailAsync(string lookup, HttpContext http, MailRecoveryLink mail)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http.Request, http.RequestAborted);
        if (unreadable is not null)
            return unreadable;
        if (!body.Text("email_stage").Succeeded(out var text, out var malformed))
            return FaultResult.Of(malformed);
        if (!Guid.TryParse(text, out var stage))
            return FaultResult.Of(Fault.Field("email_stage", "Must be a valid UUID."));
        var outcome = await mail.ExecuteAsync(http, lookup, stage, Duration(body), http.RequestAborted);
        return outcome.Fault is { } fault ? FaultResult.Of(fault) : TypedResults.NoContent();
    }

    static string? Duration(JsonElement body) =>
        body.ValueKind is JsonValueKind.Object && body.TryGetProperty("token_duration", out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
