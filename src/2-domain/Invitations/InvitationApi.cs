using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Document;
using Postern.Api.Http;
using Postern.Invitations.Accepting;
using Postern.Invitations.Ledger;
using Postern.Invitations.Mailing;
using Postern.Kernel;
using Postern.Storage;
using Postern.Storage.Kinds;

namespace Postern.Invitations;

/// <summary>Doors of invitations beyond CRUD: sending, resending, revoking, extending, history, counts, approvals.</summary>
static class InvitationApi
{
    const string One = "/api/v3/stages/invitation/invitations/{pk}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost($"{One}/send_email/", SendAsync)
            .Note("Sends the invitation by email.", body: "InvitationSendEmailRequest{email_addresses:[text] cc_addresses:[text]? bcc_addresses:[text]? template?}");
        routes.MapPost($"{One}/resend/", ResendAsync)
            .Note("Mails the invitation to its recipient once more, with a new link where asked.", answer: "authentik_stages_invitation.invitation", body: "InvitationResendRequest{rotate:bool?}");
        routes.MapPost($"{One}/revoke/", RevokeAsync).Note("Ends the invitation at once and keeps it in the list.");
        routes.MapPost($"{One}/extend/", ExtendAsync)
            .Note("Gives the invitation more time.", answer: "authentik_stages_invitation.invitation", body: "InvitationExtendRequest{expires:time}");
        routes.MapGet($"{One}/history/", HistoryAsync)
            .Note("What happened to the invitation, newest first.", answer: "[InvitationEntry{at:time what actor user:int? client_ip? detail}]");
        routes.MapGet("/api/v3/stages/invitation/counts/", CountAsync).Note("Numbers of invitations by state.", answer: "json");
        routes.MapPost("/api/v3/stages/invitation/approvals/{user:int}/", DecideAsync)
            .Note("Lets a new account in, or leaves it out.", body: "InvitationApprovalRequest{approve:bool}");
    }

    static async Task<IResult> SendAsync(HttpContext http, string pk, SendInvitation send)
    {
        var (body, refusal) = await BodyAsync(http);
        if (refusal is not null)
            return refusal;
        var mail = new InvitationMail(List(body, "email_addresses"), List(body, "cc_addresses"), List(body, "bcc_addresses"), Text(body, "template"));
        var sent = await send.ExecuteAsync(http, pk, mail, http.RequestAborted);
        return sent.Fault switch
        {
            null => Results.NoContent(),
            // This door answers one text instead of a list of them.
            Fault.Invalid { Errors: var errors } when errors["error"] is [var text] => Json(new JsonObject { ["error"] = text }, StatusCodes.Status400BadRequest),
            var fault => FaultResult.Of(fault),
        };
    }

    static async Task<IResult> ResendAsync(HttpContext http, string pk, ResendInvitation resend, PosternDb db)
    {
        var (body, refusal) = await BodyAsync(http);
        return refusal ?? await AnswerAsync(http, await resend.ExecuteAsync(http, pk, Flag(body, "rotate"), http.RequestAborted), db);
    }

    static async Task<IResult> RevokeAsync(HttpContext http, string pk, RevokeInvitation revoke) => Done(await revoke.ExecuteAsync(http.Caller(), pk, http.RequestAborted));

    static async Task<IResult> ExtendAsync(HttpContext http, string pk, ExtendInvitation extend, PosternDb db)
    {
        var (body, refusal) = await BodyAsync(http);
        if (refusal is not null)
            return refusal;
        DateTimeOffset? until = DateTimeOffset.TryParse(Text(body, "expires"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;
        return await AnswerAsync(http, await extend.ExecuteAsync(http.Caller(), pk, until, http.RequestAborted), db);
    }

    static async Task<IResult> HistoryAsync(HttpContext http, string pk, ReadLedger read)
    {
        if (!(await read.OfAsync(http.Caller(), pk, http.RequestAborted)).Succeeded(out var entries, out var fault))
            return FaultResult.Of(fault);
        return Json(new JsonArray([.. entries.Select(e => (JsonNode)new JsonObject
        {
            ["at"] = e.At, ["what"] = e.What, ["actor"] = e.Actor, ["user"] = e.UserPk, ["client_ip"] = e.ClientIp, ["detail"] = e.Detail,
        })]));
    }

    static async Task<IResult> CountAsync(HttpContext http, ReadLedger read) =>
        (await read.CountAsync(http.Caller(), http.RequestAborted)).Succeeded(out var counts, out var fault)
            ? Json(new JsonObject(counts.Select(c => KeyValuePair.Create(c.Key, (JsonNode?)c.Value))))
            : FaultResult.Of(fault);

    static async Task<IResult> DecideAsync(HttpContext http, int user, Approvals approvals)
    {
        var (body, refusal) = await BodyAsync(http);
        return refusal ?? Done(await approvals.DecideAsync(http, user, Flag(body, "approve"), http.RequestAborted));
    }

    static async Task<(JsonElement Body, IResult? Refusal)> BodyAsync(HttpContext http)
    {
        var (body, refusal) = await JsonBody.ReadAsync(http.Request, http.RequestAborted);
        return refusal is not null || body.ValueKind is JsonValueKind.Object ? (body, refusal) : (body, FaultResult.Of(Fault.Input("Invalid data. Expected a dictionary.")));
    }

    static async Task<IResult> AnswerAsync(HttpContext http, Result<Invitation> outcome, PosternDb db)
    {
        if (!outcome.Succeeded(out var invitation, out var fault))
            return FaultResult.Of(fault);
        var rendered = await Rendered.OneAsync(InvitationKind.Kind, invitation, new LoadContext(db, http.Caller(), http.RequestServices, http.RequestAborted));
        return new WireJson(rendered.Write);
    }

    static IResult Done(Result<Unit> outcome) => outcome.Fault is { } fault ? FaultResult.Of(fault) : Results.NoContent();

    static WireJson Json(JsonNode node, int status = StatusCodes.Status200OK) => new(writer => node.WriteTo(writer), status);

    static string? Text(JsonElement body, string name) => body.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    static bool Flag(JsonElement body, string name) => body.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True;

    static IReadOnlyList<string> List(JsonElement body, string name) =>
        body.TryGetProperty(name, out var list) && list.ValueKind is JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(e => e.ValueKind is JsonValueKind.String).Select(e => e.GetString()!.Trim())]
            : [];
}
