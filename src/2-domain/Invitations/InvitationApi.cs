using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Document;
using Postern.Api.Http;
using Postern.Kernel;

namespace Postern.Invitations;

/// <summary>Doors of invitations beyond CRUD: <c>POST .../{pk}/send_email/</c>.</summary>
static class InvitationApi
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v3/stages/invitation/invitations/{pk}/send_email/", SendAsync)
            .Note("Sends the invitation by email.", body: "InvitationSendEmailRequest{email_addresses:[text] cc_addresses:[text]? bcc_addresses:[text]? template?}");

    static async Task<IResult> SendAsync(HttpContext http, string pk, SendInvitation send)
    {
        var (body, refusal) = await JsonBody.ReadAsync(http.Request, http.RequestAborted);
        if (refusal is not null)
            return refusal;
        if (body.ValueKind is not JsonValueKind.Object)
            return FaultResult.Of(Fault.Input("Invalid data. Expected a dictionary."));
        var template = body.TryGetProperty("template", out var named) && named.ValueKind is JsonValueKind.String ? named.GetString() : null;
        var mail = new InvitationMail(List(body, "email_addresses"), List(body, "cc_addresses"), List(body, "bcc_addresses"), template);
        var sent = await send.ExecuteAsync(http, pk, mail, http.RequestAborted);
        return sent.Fault switch
        {
            null => Results.NoContent(),
            // This door answers one text instead of a list of them.
            Fault.Invalid { Errors: var errors } when errors["error"] is [var text] => new WireJson(w => WriteError(w, text), StatusCodes.Status400BadRequest),
            var fault => FaultResult.Of(fault),
        };
    }

    static void WriteError(Utf8JsonWriter writer, string text)
    {
        writer.WriteStartObject();
        writer.WriteString("error", text);
        writer.WriteEndObject();
    }

    static IReadOnlyList<string> List(JsonElement body, string name) =>
        body.TryGetProperty(name, out var list) && list.ValueKind is JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(e => e.ValueKind is JsonValueKind.String).Select(e => e.GetString()!.Trim())]
            : [];
}
