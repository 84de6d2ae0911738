using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Http;
using Postern.Invitations;
using Postern.Invitations.Ledger;
using Postern.Invitations.Mailing;
using Postern.Kernel;
using Postern.Mail;
using Postern.Pages;
using Postern.Storage.Objects;
using Postern.Web.Shared;

namespace Postern.Web.Admin.Invitations;

/// <summary>What can be done with an invitation from its page: send, send again, extend, revoke.</summary>
sealed class InvitationActionPages(ObjectQuery objects, SendInvitation send, ResendInvitation resend, RevokeInvitation revoke, ExtendInvitation extend, ShellFactory shells)
{
    const string Root = "/if/admin/directory/invitations/";

    public static void Map(IEndpointRouteBuilder pages)
    {
        foreach (var action in new[] { "send", "resend", "extend", "revoke" })
        {
            pages.MapGet($"directory/invitations/{{lookup}}/{action}/", (HttpContext http, string lookup, MailTemplates templates, InvitationActionPages self) => self.AskAsync(http, lookup, action, new FieldErrors(), templates));
            pages.MapPost($"directory/invitations/{{lookup}}/{action}/", (HttpContext http, string lookup, MailTemplates templates, InvitationActionPages self) => self.DoAsync(http, lookup, action, templates));
        }
    }

    async Task<IResult> AskAsync(HttpContext http, string lookup, string action, FieldErrors errors, MailTemplates templates)
    {
        if (!(await objects.FindAsync(InvitationKind.Kind, http.Caller(), lookup, tracked: false, http.RequestAborted)).Succeeded(out var found, out var fault))
            return await ConsolePages.ProblemAsync(http, fault.Message, ConsolePages.StatusOf(fault));
        return new PageResult<InvitationActionPage>(
            new
            {
                Page = await shells.ForAsync(http, withMenu: true),
                Invitation = (Invitation)found,
                Action = action,
                Errors = errors,
                Templates = templates.Names,
                Form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted) : null,
            },
            errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    async Task<IResult> DoAsync(HttpContext http, string lookup, string action, MailTemplates templates)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var current = lookup;
        Fault? fault;
        var done = "Revoked. The link opens nothing any more.";
        switch (action)
        {
            case "send":
                var mail = new InvitationMail(List(form["email_addresses"]), List(form["cc_addresses"]), List(form["bcc_addresses"]), form["template"].ToString());
                fault = (await send.ExecuteAsync(http, lookup, mail, http.RequestAborted)).Fault;
                done = $"Queued to {string.Join(", ", mail.To)}.";
                break;
            case "resend":
                var sent = await resend.ExecuteAsync(http, lookup, form["rotate"].Contains("true"), http.RequestAborted);
                (fault, done) = (sent.Fault, form["rotate"].Contains("true") ? "There is a new link; the old one opens nothing any more." : "Queued once more.");
                current = sent.Fault is null ? sent.Value.Pk.ToString() : lookup;
                break;
            case "extend":
                fault = DateTimeOffset.TryParse(form["expires"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var until)
                    ? (await extend.ExecuteAsync(http.Caller(), lookup, until, http.RequestAborted)).Fault
                    : Fault.Field("expires", "Choose a moment.");
                done = "Extended.";
                break;
            default:
                fault = (await revoke.ExecuteAsync(http.Caller(), lookup, http.RequestAborted)).Fault;
                break;
        }
        if (fault is Fault.Invalid invalid)
            return await AskAsync(http, lookup, action, invalid.Errors, templates);
        if (fault is not null)
            return await ConsolePages.ProblemAsync(http, fault.Message, ConsolePages.StatusOf(fault));
        await shells.TellAsync(http, "success", done);
        return ConsolePages.See(http, $"{Root}{Uri.EscapeDataString(current)}/");
    }

    static string[] List(Microsoft.Extensions.Primitives.StringValues text) =>
        text.ToString().Split([',', ';', '\n', '\r', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
