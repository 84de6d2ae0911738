using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Document;
using Postern.Api.Http;
using Postern.Kernel;

namespace Postern.Brands.Mails;

/// <summary>Doors to try a mail text before it is stored: <c>POST /api/v3/mail/templates/preview/</c> and <c>send/</c>, with the fields of a template and, to send, <c>to</c>.</summary>
static class MailTemplateApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v3/mail/templates/preview/", async (HttpContext http, PreviewTemplate preview) =>
        {
            if (await preview.RefuseAsync(http.Caller(), http.RequestAborted) is { } refusal)
                return FaultResult.Of(refusal);
            var (body, unreadable) = await JsonBody.ReadAsync(http.Request, http.RequestAborted);
            if (unreadable is not null)
                return unreadable;
            if (!Read(body).Succeeded(out var text, out var malformed))
                return FaultResult.Of(malformed);
            if (!(await preview.ExecuteAsync(http, text, http.RequestAborted)).Succeeded(out var mail, out var fault))
                return FaultResult.Of(fault);
            return Json(new JsonObject { ["subject"] = mail.Subject, ["html"] = mail.Html, ["text"] = mail.Text });
        }).Note("Shows a mail with a text that is not stored, filled with examples.", answer: "MailPreview{subject html text}", body: "MailPreviewRequest{name brand:uuid? locale? subject? html text?}");
        routes.MapPost("/api/v3/mail/templates/send/", async (HttpContext http, PreviewTemplate preview) =>
        {
            if (await preview.RefuseAsync(http.Caller(), http.RequestAborted) is { } refusal)
                return FaultResult.Of(refusal);
            var (body, unreadable) = await JsonBody.ReadAsync(http.Request, http.RequestAborted);
            if (unreadable is not null)
                return unreadable;
            if (!Read(body).Succeeded(out var text, out var malformed))
                return FaultResult.Of(malformed);
            if (!(await preview.SendAsync(http, text, Text(body, "to"), http.RequestAborted)).Succeeded(out var key, out var fault))
                return FaultResult.Of(fault);
            return Json(new JsonObject { ["mail"] = key });
        }).Note("Sends such a mail to an address, by the outbox.", answer: "MailExample{mail:uuid}", body: "MailExampleRequest{to name brand:uuid? locale? subject? html text?}");
    }

    static Result<MailTemplate> Read(JsonElement body)
    {
        if (body.ValueKind is not JsonValueKind.Object)
            return Fault.Input("Invalid data. Expected a dictionary.");
        var brand = Text(body, "brand");
        if (brand.Length > 0 && !Guid.TryParse(brand, out _))
            return Fault.Field("brand", "Must be a valid UUID.");
        return new MailTemplate
        {
            Name = Text(body, "name"),
            BrandPk = brand.Length > 0 ? Guid.Parse(brand) : null,
            Locale = Text(body, "locale"),
            Subject = Text(body, "subject"),
            Html = Text(body, "html"),
            Text = Text(body, "text"),
        };
    }

    static string Text(JsonElement body, string name) => body.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString()! : "";

    static WireJson Json(JsonNode node) => new(writer => node.WriteTo(writer));
}
