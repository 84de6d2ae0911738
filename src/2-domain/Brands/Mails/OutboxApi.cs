using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Document;
using Postern.Api.Http;
using Postern.Mail.Outbox;

namespace Postern.Brands.Mails;

/// <summary>What administrators do with a mail of the outbox: <c>POST /api/v3/mail/outbox/{id}/retry/</c> and <c>cancel/</c>.</summary>
static class OutboxApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v3/mail/outbox/{id:guid}/retry/", async (HttpContext http, Guid id, ChangeMail change) =>
            (await change.RetryAsync(http.Caller(), id, http.RequestAborted)).Fault is { } fault ? FaultResult.Of(fault) : Results.NoContent())
            .Note("Sends a mail now that waits or was given up.");
        routes.MapPost("/api/v3/mail/outbox/{id:guid}/cancel/", async (HttpContext http, Guid id, ChangeMail change) =>
            (await change.CancelAsync(http.Caller(), id, http.RequestAborted)).Fault is { } fault ? FaultResult.Of(fault) : Results.NoContent())
            .Note("Calls a mail back before it is sent.");
    }
}
