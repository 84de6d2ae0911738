using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Http;
using Postern.Invitations;
using Postern.Invitations.Ledger;
using Postern.Invitations.Mailing;
using Postern.Kernel;
using Postern.Pages;
using Postern.Storage;
using Postern.Storage.Objects;
using Postern.Web.Shared;

namespace Postern.Web.Admin.Invitations;

/// <summary>One action on the invitations chosen in the list, each by the use case of the single action.</summary>
sealed class SelectionPages(PosternDb db, ObjectQuery objects, ResendInvitation resend, RevokeInvitation revoke, ExtendInvitation extend, ShellFactory shells)
{
    const string Root = "/if/admin/directory/invitations/";

    /// <summary>A page of the list holds no more.</summary>
    const int Most = 100;

    /// <summary>Actions by the word in their address.</summary>
    public static readonly IReadOnlyList<(string Word, string Title, string Icon)> Actions = [("resend", "Send again", "refresh"), ("extend", "Extend", "clock"), ("revoke", "Revoke", "circle-x")];

    public static void Map(IEndpointRouteBuilder pages)
    {
        foreach (var (word, _, _) in Actions)
        {
            pages.MapGet($"directory/invitations/selected/{word}/", (HttpContext http, SelectionPages self) => self.AskAsync(http, word, http.Request.Query["selected"], new FieldErrors()));
            pages.MapPost($"directory/invitations/selected/{word}/", (HttpContext http, SelectionPages self) => self.DoAsync(http, word));
        }
    }

    async Task<IResult> AskAsync(HttpContext http, string action, IEnumerable<string?> selected, FieldErrors errors)
    {
        var list = new ListRequest { Only = [.. Keys(selected).Cast<object>()], PageSize = Most };
        if (!(await objects.ListAsync(InvitationKind.Kind, http.Caller(), list, http.RequestAborted)).Succeeded(out var found, out var fault))
            return await ConsolePages.ProblemAsync(http, fault.Message, ConsolePages.StatusOf(fault));
        return new PageResult<SelectionPage>(
            new { Page = await shells.ForAsync(http, withMenu: true), Action = action, Invitations = found.Items.Cast<Invitation>().ToList(), Errors = errors },
            errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    async Task<IResult> DoAsync(HttpContext http, string action)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var isMoment = DateTimeOffset.TryParse(form["expires"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var until);
        if (action is "extend" && !isMoment)
            return await AskAsync(http, action, form["selected"], FieldErrors.Of("expires", "Choose a moment."));
        var (done, refusals) = (0, new List<string>());
        foreach (var key in Keys(form["selected"]).Select(k => k.ToString()))
        {
            var fault = action switch
            {
                "resend" => (await resend.ExecuteAsync(http, key, rotate: false, http.RequestAborted)).Fault,
                "extend" => (await extend.ExecuteAsync(http.Caller(), key, until, http.RequestAborted)).Fault,
                _ => (await revoke.ExecuteAsync(http.Caller(), key, http.RequestAborted)).Fault,
            };
            db.ChangeTracker.Clear();
            if (fault is null)
                done++;
            else
                refusals.Add(fault.Message);
        }
        var told = $"{done.ToString(CultureInfo.InvariantCulture)} done{(refusals.Count == 0 ? "." : $", {refusals.Count.ToString(CultureInfo.InvariantCulture)} refused: {string.Join(' ', refusals.Distinct(StringComparer.Ordinal))}")}";
        await shells.TellAsync(http, refusals.Count == 0 ? "success" : "warning", told);
        return ConsolePages.See(http, Root);
    }

    static IEnumerable<Guid> Keys(IEnumerable<string?> texts) =>
        texts.Select(t => Guid.TryParse(t, CultureInfo.InvariantCulture, out var key) ? key : Guid.Empty).Where(k => k != Guid.Empty).Distinct().Take(Most);
}
