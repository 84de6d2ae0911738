using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Http;
using Postern.Directory.Groups;
using Postern.Directory.Imports;
using Postern.Flows;
using Postern.Invitations.Bulk;
using Postern.Kernel;
using Postern.Pages;
using Postern.Pages.Forms;
using Postern.Storage.Objects;
using Postern.Web.Shared;

namespace Postern.Web.Admin.Invitations;

/// <summary>Inviting many people at once: the form, and how far a batch is.</summary>
sealed class BulkInvitePages(RequestBulk request, CancelBulk cancel, ObjectQuery objects, ShellFactory shells, TimeProvider clock)
{
    const string Batches = "/if/admin/directory/invitation-batches/";
    const int MostChoices = 500;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("directory/invitations/bulk/", (HttpContext http, BulkInvitePages self) => self.AskAsync(http, new FieldErrors(), form: null));
        pages.MapPost("directory/invitations/bulk/", (HttpContext http, BulkInvitePages self) => self.StartAsync(http));
        pages.MapGet("directory/invitation-batches/{id}/", (HttpContext http, string id, BulkInvitePages self) => self.ShowAsync(http, id));
        pages.MapPost("directory/invitation-batches/{id}/cancel/", (HttpContext http, string id, BulkInvitePages self) => self.CancelAsync(http, id));
    }

    async Task<IResult> AskAsync(HttpContext http, FieldErrors errors, IFormCollection? form)
    {
        var flows = await objects.ListAsync(FlowKind.Kind, http.Caller(), new ListRequest { PageSize = MostChoices }, http.RequestAborted);
        var groups = await objects.ListAsync(GroupKind.Kind, http.Caller(), new ListRequest { PageSize = MostChoices }, http.RequestAborted);
        return new PageResult<BulkInvitePage>(
            new
            {
                Page = await shells.ForAsync(http, withMenu: true),
                Errors = errors,
                Form = form,
                Flows = (IReadOnlyList<Option>)(flows.Fault is not null ? [] : [.. flows.Value.Items.Cast<Postern.Flows.Flow>().Where(f => f.Designation is FlowDesignation.Enrollment).Select(f => new Option(f.Pk.ToString(), f.Slug))]),
                Groups = (IReadOnlyList<Option>)(groups.Fault is not null ? [] : [.. groups.Value.Items.Cast<Group>().Select(g => new Option(g.Pk.ToString(), g.Name))]),
                // The same form sent twice invites once.
                Key = form?["key"].ToString() ?? Guid.NewGuid().ToString("N"),
                Usual = clock.GetUtcNow().AddDays(7),
            },
            errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    async Task<IResult> StartAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var rows = await RowsAsync(form, http.RequestAborted);
        if (rows.Fault is Fault.Invalid unreadable)
            return await AskAsync(http, unreadable.Errors, form);
        var wanted = new BulkRequest(rows.Value, Template(form)) { DryRun = form["dry_run"] == "true", KeepGoing = form["keep_going"] == "true", IdempotencyKey = $"{form["key"]}{(form["dry_run"] == "true" ? "-dry" : "")}" };
        var asked = await request.ExecuteAsync(http.Caller(), wanted, http.RequestAborted);
        if (asked.Fault is Fault.Invalid invalid)
            return await AskAsync(http, invalid.Errors, form);
        if (asked.Fault is { } fault)
            return await ConsolePages.ProblemAsync(http, fault.Message, ConsolePages.StatusOf(fault));
        return ConsolePages.See(http, $"{Batches}{asked.Value.Pk}/");
    }

    static async Task<Result<IReadOnlyList<BulkRow>>> RowsAsync(IFormCollection form, CancellationToken cancellation)
    {
        if (form.Files["file"] is { Length: > 0 } file)
        {
            using var content = new MemoryStream();
            await file.CopyToAsync(content, cancellation);
            return CsvText.Decode(content.ToArray()).Succeeded(out var csv, out var unreadable) ? BulkRequest.OfCsv(csv) : unreadable;
        }
        var pasted = BulkRequest.OfPaste(form["paste"].ToString());
        return pasted.Count > 0 ? Result<IReadOnlyList<BulkRow>>.Of(pasted) : Fault.Field("paste", "Whom shall be invited? Paste addresses, or choose a file.");
    }

    JsonObject Template(IFormCollection form)
    {
        var template = new JsonObject
        {
            ["flow"] = form["flow"].ToString() is { Length: > 0 } flow ? flow : null,
            ["message"] = form["message"].ToString().ReplaceLineEndings("\n"),
            ["groups"] = new JsonArray([.. form["groups"].Where(g => !string.IsNullOrEmpty(g)).Select(g => (JsonNode?)g)]),
        };
        if (DateTimeOffset.TryParse(form["expires"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var until))
            template["expires"] = until.ToString("O", CultureInfo.InvariantCulture);
        if (form["send"] == "true")
            template["send_at"] = clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
        return template;
    }

    async Task<IResult> ShowAsync(HttpContext http, string id)
    {
        if (!(await objects.FindAsync(InvitationBatchKind.Kind, http.Caller(), id, tracked: false, http.RequestAborted)).Succeeded(out var found, out var fault))
            return await ConsolePages.ProblemAsync(http, fault.Message, ConsolePages.StatusOf(fault));
        var batch = (InvitationBatch)found;
        return new PageResult<InvitationBatchPage>(new { Page = await shells.ForAsync(http, withMenu: true), Batch = batch, Problems = await ReadProblems.ExecuteAsync(http, batch) });
    }

    async Task<IResult> CancelAsync(HttpContext http, string id)
    {
        if ((await cancel.ExecuteAsync(http.Caller(), id, http.RequestAborted)).Fault is { } fault)
            return await ConsolePages.ProblemAsync(http, fault.Message, ConsolePages.StatusOf(fault));
        return ConsolePages.See(http, $"{Batches}{Uri.EscapeDataString(id)}/");
    }
}
