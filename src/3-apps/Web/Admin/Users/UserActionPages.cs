using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Http;
using Postern.Directory.Groups;
using Postern.Directory.Users;
using Postern.Kernel;
using Postern.Pages;
using Postern.Rbac.Roles;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;
using Postern.Web.Shared;

namespace Postern.Web.Admin.Users;

/// <summary>What can be done with an account from its page.</summary>
sealed class UserActionPages(ObjectQuery objects, SaveObject save, ResetPassword reset, ShellFactory shells)
{
    const string Users = "/if/admin/directory/users/";

    public static void Map(IEndpointRouteBuilder pages)
    {
        foreach (var action in new[] { "state", "move", "password" })
        {
            pages.MapGet($"directory/users/{{lookup}}/{action}/", (HttpContext http, string lookup, UserActionPages self) => self.AskAsync(http, lookup, action, new FieldErrors()));
            pages.MapPost($"directory/users/{{lookup}}/{action}/", (HttpContext http, string lookup, UserActionPages self) => self.DoAsync(http, lookup, action));
        }
        pages.MapPost("directory/users/{lookup}/groups/{verb}/", GroupAsync);
        pages.MapPost("directory/users/{lookup}/roles/{verb}/", RoleAsync);
    }

    async Task<IResult> AskAsync(HttpContext http, string lookup, string action, FieldErrors errors)
    {
        var found = await objects.FindAsync(UserKind.Kind, http.Caller(), lookup, tracked: false, http.RequestAborted);
        if (found.Fault is { } fault)
            return await ConsolePages.ProblemAsync(http, fault.Message, ConsolePages.StatusOf(fault));
        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted) : null;
        return new PageResult<UserActionPage>(
            new { Page = await shells.ForAsync(http, withMenu: true), User = (Directory.Users.User)found.Value, Action = action, Errors = errors, Typed = form?["path"].ToString() },
            errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    async Task<IResult> DoAsync(HttpContext http, string lookup, string action)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (outcome, done) = action switch
        {
            "password" => (await PasswordAsync(http, lookup, form["password"].ToString()), "Password set. The user is signed out everywhere."),
            "move" => (await ChangeAsync(http, lookup, new Dictionary<string, object>(StringComparer.Ordinal) { ["path"] = form["path"].ToString().Trim() }), "Moved."),
            _ => (await ChangeAsync(http, lookup, new Dictionary<string, object>(StringComparer.Ordinal) { ["is_active"] = form["active"] == "true" }), form["active"] == "true" ? "Activated." : "Deactivated and signed out everywhere."),
        };
        if (outcome.Fault is Fault.Invalid invalid)
            return await AskAsync(http, lookup, action, invalid.Errors);
        if (outcome.Fault is { } fault)
            return await ConsolePages.ProblemAsync(http, fault.Message, ConsolePages.StatusOf(fault));
        await shells.TellAsync(http, "success", done);
        return ConsolePages.See(http, $"{Users}{Uri.EscapeDataString(lookup)}/");
    }

    async Task<Result<Unit>> PasswordAsync(HttpContext http, string lookup, string password) =>
        password.Length == 0 ? Fault.Field("password", "This field may not be blank.") : await reset.ExecuteAsync(http.Caller(), lookup, password, http.RequestAborted);

    async Task<Result<Unit>> ChangeAsync(HttpContext http, string lookup, Dictionary<string, object> change)
    {
        var found = await objects.FindAsync(UserKind.Kind, http.Caller(), lookup, tracked: true, http.RequestAborted);
        if (found.Fault is { } missing)
            return missing;
        return (await save.UpdateAsync(UserKind.Kind, http.Caller(), found.Value, JsonSerializer.SerializeToElement(change), SaveOptions.Patch, http.RequestAborted)).Then(_ => Unit.Value);
    }

    static async Task<IResult> GroupAsync(HttpContext http, string lookup, string verb, ChangeMembers members, ObjectQuery objects, ShellFactory shells)
    {
        var group = await ChosenAsync(http, GroupKind.Kind, objects);
        var outcome = !Number(lookup, out var user) ? new Fault.NotFound("User")
            : verb is "add" ? await members.AddAsync(http.Caller(), group, user, http.RequestAborted)
            : await members.RemoveAsync(http.Caller(), group, user, http.RequestAborted);
        return await DoneAsync(http, outcome, $"{Users}{lookup}/?tab=groups", verb is "add" ? "Added to the group." : "Removed from the group.", shells);
    }

    static async Task<IResult> RoleAsync(HttpContext http, string lookup, string verb, ChangeRoleMembers members, ObjectQuery objects, ShellFactory shells)
    {
        var role = await ChosenAsync(http, RoleKind.Kind, objects);
        var outcome = !Number(lookup, out var user) ? new Fault.NotFound("User")
            : verb is "add" ? await members.AddAsync(http.Caller(), role, user, http.RequestAborted)
            : await members.RemoveAsync(http.Caller(), role, user, http.RequestAborted);
        return await DoneAsync(http, outcome, $"{Users}{lookup}/?tab=roles", verb is "add" ? "Role assigned." : "Role removed.", shells);
    }

    /// <summary>The key that was chosen, or the one of the name that was typed; empty for none.</summary>
    static async Task<string> ChosenAsync(HttpContext http, ModelKind kind, ObjectQuery objects)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (form["name"].ToString().Trim() is not { Length: > 0 } name)
            return form["key"].ToString();
        var named = new ListRequest { PageSize = 1, Filters = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["name"] = [name] } };
        var found = await objects.ListAsync(kind, http.Caller(), named, http.RequestAborted);
        return found.Fault is null && found.Value.Items is [var one, ..] ? kind.KeyOf(one) : "";
    }

    /// <summary>Back to the tab, with what came of it.</summary>
    internal static async Task<IResult> DoneAsync(HttpContext http, Result<Unit> outcome, string to, string done, ShellFactory shells)
    {
        await shells.TellAsync(http, outcome.Fault is null ? "success" : "error", outcome.Fault?.Message ?? done);
        return ConsolePages.See(http, to);
    }

    static bool Number(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
