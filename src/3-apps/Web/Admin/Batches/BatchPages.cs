using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Postern.Api.Http;
using Postern.Directory.Batches;
using Postern.Directory.Exports;
using Postern.Directory.Groups;
using Postern.Directory.Imports;
using Postern.Directory.Users;
using Postern.Kernel;
using Postern.Pages;
using Postern.Storage;
using Postern.Storage.Objects;
using Postern.Web.Shared;

namespace Postern.Web.Admin.Batches;

/// <summary>Pages of imports and of actions on many users.</summary>
sealed class BatchPages(RequestBatch request, RequestImport import, CancelBatch cancel, ObjectQuery objects, PosternDb db, ShellFactory shells)
{
    const string Users = "/if/admin/directory/users/";
    const int Shown = 10;

    /// <summary>Actions by the word in their address.</summary>
    public static readonly IReadOnlyList<(string Word, BatchAction Action, string Icon)> Actions =
    [
        ("activate", BatchAction.Activate, "user-check"), ("deactivate", BatchAction.Deactivate, "user-minus"), ("move", BatchAction.Move, "inbox"),
        ("add-to-group", BatchAction.AddToGroup, "user-plus"), ("remove-from-group", BatchAction.RemoveFromGroup, "users"),
        ("revoke-sessions", BatchAction.RevokeSessions, "logout"), ("delete", BatchAction.Delete, "trash"),
    ];

    public static void Map(IEndpointRouteBuilder pages)
    {
        foreach (var (word, action, _) in Actions.Append(("move-folder", BatchAction.MoveFolder, "")))
        {
            pages.MapGet($"directory/users/bulk/{word}/", (HttpContext http, BatchPages self) => self.AskAsync(http, action, http.Request.Query["selected"], new FieldErrors(), typed: null));
            pages.MapPost($"directory/users/bulk/{word}/", (HttpContext http, BatchPages self) => self.StartAsync(http, action));
        }
        pages.MapGet("directory/users/import/", (HttpContext http, BatchPages self) => self.ImportFormAsync(http, new FieldErrors()));
        pages.MapPost("directory/users/import/", (HttpContext http, BatchPages self) => self.ImportAsync(http));
        pages.MapGet("directory/batches/{id}/", (HttpContext http, string id, BatchPages self) => self.ShowAsync(http, id));
        pages.MapPost("directory/batches/{id}/cancel/", (HttpContext http, string id, BatchPages self) => self.CancelAsync(http, id));
    }

    async Task<IResult> AskAsync(HttpContext http, BatchAction action, IEnumerable<string?> selected, FieldErrors errors, string? typed)
    {
        var keys = Keys(selected);
        var query = ExportParameters.Of(http.Request.Query);
        query.Remove("all");
        query.Remove("selected");
        var list = IsAll(http) ? ExportParameters.Read(query) with { PageSize = Shown } : new ListRequest { Only = [.. keys.Cast<object>()], PageSize = Shown };
        if (!(await objects.ListAsync(UserKind.Kind, http.Caller(), list, http.RequestAborted)).Succeeded(out var found, out var fault))
            return await ConsolePages.ProblemAsync(http, fault.Message, ConsolePages.StatusOf(fault));
        return new PageResult<BulkPage>(
            new
            {
                Page = await shells.ForAsync(http, withMenu: true),
                Action = action,
                found.Count,
                Selected = keys.Select(k => k.ToString(CultureInfo.InvariantCulture)).ToList(),
                Names = found.Items.Cast<Directory.Users.User>().Select(u => u.Username).ToList(),
                IncludesOneself = action is BatchAction.Deactivate or BatchAction.Delete or BatchAction.RevokeSessions && found.Items.Cast<Directory.Users.User>().Any(u => u.Pk == http.Caller().UserPk),
                Errors = errors,
                Typed = typed ?? (action is BatchAction.MoveFolder ? http.Request.Query["folder"].ToString() : null),
                Folder = http.Request.Query["folder"].ToString(),
                Back = Users,
                FormAction = $"{http.Request.Path}{(IsAll(http) ? http.Request.QueryString : "")}",
            },
            errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    async Task<IResult> StartAsync(HttpContext http, BatchAction action)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var query = ExportParameters.Of(http.Request.Query);
        query.Remove("all");
        var group = form["group"].ToString().Trim();
        var wanted = new BatchRequest(action, IsAll(http) ? null : Keys(form["selected"]), query)
        {
            Path = form["path"].ToString().Trim(),
            Folder = query["folder"]?.ToString() ?? "",
            Group = await GroupAsync(group, http.RequestAborted),
        };
        var asked = await request.ExecuteAsync(http.Caller(), wanted, http.RequestAborted);
        if (asked.Fault is Fault.Invalid invalid)
            return await AskAsync(http, action, form["selected"], invalid.Errors, action is BatchAction.Move or BatchAction.MoveFolder ? wanted.Path : group);
        if (asked.Fault is { } fault)
            return await ConsolePages.ProblemAsync(http, fault.Message, ConsolePages.StatusOf(fault));
        return ConsolePages.See(http, $"/if/admin/directory/batches/{asked.Value.Pk}/");
    }

    /// <summary>People type names of groups; what is none is left to be refused.</summary>
    async Task<string> GroupAsync(string name, CancellationToken cancellation) =>
        name.Length > 0 && await db.Set<Group>().Where(g => g.Name == name).Select(g => (Guid?)g.Pk).FirstOrDefaultAsync(cancellation) is { } pk ? pk.ToString() : name;

    async Task<IResult> ImportFormAsync(HttpContext http, FieldErrors errors) => new PageResult<ImportUsersPage>(
        new { Page = await shells.ForAsync(http, withMenu: true), Errors = errors },
        errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);

    async Task<IResult> ImportAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (form.Files["file"] is not { Length: > 0 } file)
            return await ImportFormAsync(http, FieldErrors.Of("file", "Choose a file first."));
        using var content = new MemoryStream();
        await file.CopyToAsync(content, http.RequestAborted);
        var options = new ImportOptions(file.FileName, form["dry_run"].Contains("true"), form["keep_going"].Contains("true"));
        var asked = await import.ExecuteAsync(http.Caller(), content.ToArray(), options, http.RequestAborted);
        if (asked.Fault is Fault.Invalid invalid)
            return await ImportFormAsync(http, invalid.Errors);
        if (asked.Fault is { } fault)
            return await ConsolePages.ProblemAsync(http, fault.Message, ConsolePages.StatusOf(fault));
        return ConsolePages.See(http, $"/if/admin/directory/batches/{asked.Value.Pk}/");
    }

    async Task<IResult> ShowAsync(HttpContext http, string id)
    {
        if (!(await objects.FindAsync(UserBatchKind.Kind, http.Caller(), id, tracked: false, http.RequestAborted)).Succeeded(out var found, out var fault))
            return await ConsolePages.ProblemAsync(http, fault.Message, ConsolePages.StatusOf(fault));
        var batch = (UserBatch)found;
        return new PageResult<BatchPage>(new { Page = await shells.ForAsync(http, withMenu: true), Batch = batch, Parameters = await ParametersAsync(batch, http.RequestAborted) });
    }

    async Task<IResult> CancelAsync(HttpContext http, string id)
    {
        var outcome = await cancel.ExecuteAsync(http.Caller(), id, http.RequestAborted);
        if (outcome.Fault is { } fault)
            return await ConsolePages.ProblemAsync(http, fault.Message, ConsolePages.StatusOf(fault));
        return ConsolePages.See(http, $"/if/admin/directory/batches/{Uri.EscapeDataString(id)}/");
    }

    async Task<IReadOnlyList<(string Name, string Value)>> ParametersAsync(UserBatch batch, CancellationToken cancellation)
    {
        var shown = new List<(string, string)>();
        if (batch.Parameters["file"]?.ToString() is { } file)
            shown.Add(("File", file));
        if (batch.Parameters["path"]?.ToString() is { } path)
            shown.Add((batch.Action is BatchAction.MoveFolder ? "New path" : "Folder", path));
        if (Guid.TryParse(batch.Parameters["group"]?.ToString(), out var group))
            shown.Add(("Group", await db.Set<Group>().Where(g => g.Pk == group).Select(g => g.Name).FirstOrDefaultAsync(cancellation) ?? "A group that is gone"));
        if (batch.Parameters["users"] is JsonArray users)
            shown.Add(("Users", string.Create(CultureInfo.InvariantCulture, $"{users.Count:N0} chosen")));
        if (batch.Parameters["query"] is JsonObject query)
            shown.Add(("Users", query.Count == 0 ? "All" : string.Join("; ", Exports.ExportPages.Shown(query).Select(p => $"{p.Name} = {p.Value}"))));
        return shown;
    }

    static bool IsAll(HttpContext http) => http.Request.Query["all"] == "true";

    static List<int> Keys(IEnumerable<string?> texts) =>
        [.. texts.Select(t => int.TryParse(t, NumberStyles.None, CultureInfo.InvariantCulture, out var key) ? key : 0).Where(k => k > 0).Distinct()];
}
