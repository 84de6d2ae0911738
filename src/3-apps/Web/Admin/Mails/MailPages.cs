using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Http;
using Postern.Kernel;
using Postern.Mail.Outbox;
using Postern.Web.Shared;

namespace Postern.Web.Admin.Mails;

/// <summary>The buttons on the page of a mail: send it now, call it back.</summary>
static class MailPages
{
    const string Path = "/if/admin/system/mail/";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPost("system/mail/{id:guid}/retry/", async (HttpContext http, Guid id, ChangeMail change, ShellFactory shells) =>
            await AnswerAsync(http, id, await change.RetryAsync(http.Caller(), id, http.RequestAborted), "The mail is sent again.", shells));
        pages.MapPost("system/mail/{id:guid}/cancel/", async (HttpContext http, Guid id, ChangeMail change, ShellFactory shells) =>
            await AnswerAsync(http, id, await change.CancelAsync(http.Caller(), id, http.RequestAborted), "The mail is called back.", shells));
    }

    static async Task<IResult> AnswerAsync(HttpContext http, Guid id, Result<Unit> outcome, string done, ShellFactory shells)
    {
        if (outcome.Fault is { } fault)
            return await ConsolePages.ProblemAsync(http, fault.Message, ConsolePages.StatusOf(fault));
        await shells.TellAsync(http, "success", done);
        return ConsolePages.See(http, $"{Path}{id}/");
    }
}
