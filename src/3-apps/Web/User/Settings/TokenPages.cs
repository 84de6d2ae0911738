using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Postern.Api.Http;
using Postern.Directory.Tokens;
using Postern.Kernel;
using Postern.Pages;
using Postern.Storage;
using Postern.Storage.Objects;
using Postern.Web.Admin;
using Postern.Web.Shared;

namespace Postern.Web.User.Settings;

/// <summary>One's own tokens: made, shown once, deleted.</summary>
static class TokenPages
{
    const string List = $"{AccountPages.Root}tokens/";

    static readonly string[] Fields = ["identifier", "intent", "description"];

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("tokens/", (HttpContext http, PosternDb db, ShellFactory shells) => ShowAsync(http, db, shells, newKey: null, errors: null, form: null));
        pages.MapPost("tokens/", CreateAsync);
        pages.MapGet("tokens/{identifier}/delete/", AskDeleteAsync);
        pages.MapPost("tokens/{identifier}/delete/", DeleteAsync);
    }

    static async Task<IResult> CreateAsync(HttpContext http, PosternDb db, SaveObject save, ShellFactory shells)
    {
        var form = Fields.ToDictionary(f => f, f => http.Request.Form[f].ToString(), StringComparer.Ordinal);
        var saved = await save.CreateAsync(TokenKind.Kind, AccountPages.Owner(http), JsonSerializer.SerializeToElement(form), SaveOptions.Full, http.RequestAborted);
        if (saved.Succeeded(out var token, out var fault))
            return await ShowAsync(http, db, shells, ((Token)token).Key, errors: null, form: null);
        return fault is Fault.Invalid invalid ? await ShowAsync(http, db, shells, newKey: null, invalid.Errors, form) : await AccountPages.RefusedAsync(http, fault);
    }

    static async Task<IResult> AskDeleteAsync(string identifier, HttpContext http, ObjectQuery objects, ShellFactory shells)
    {
        if ((await objects.FindAsync(TokenKind.Kind, AccountPages.Owner(http), identifier, tracked: false, http.RequestAborted)).Fault is { } fault)
            return await AccountPages.RefusedAsync(http, fault);
        return new PageResult<ConfirmPage>(new
        {
            Page = await shells.ForAsync(http, withMenu: false),
            Title = $"Delete {identifier}?",
            Verb = "Delete",
            Back = List,
            Action = http.Request.Path.ToString(),
            Consequence = "Programs that use it are refused from now on.",
        });
    }

    static async Task<IResult> DeleteAsync(string identifier, HttpContext http, ObjectQuery objects, DeleteObject delete, ShellFactory shells)
    {
        if (!(await objects.FindAsync(TokenKind.Kind, AccountPages.Owner(http), identifier, tracked: true, http.RequestAborted)).Succeeded(out var token, out var missing))
            return await AccountPages.RefusedAsync(http, missing);
        if ((await delete.ExecuteAsync(TokenKind.Kind, AccountPages.Owner(http), token, http.RequestAborted)).Fault is { } fault)
            return await AccountPages.RefusedAsync(http, fault);
        await shells.TellAsync(http, "success", "The token was deleted.");
        return ConsolePages.See(http, List);
    }

    static async Task<IResult> ShowAsync(HttpContext http, PosternDb db, ShellFactory shells, string? newKey, FieldErrors? errors, IReadOnlyDictionary<string, string>? form)
    {
        var user = http.Caller().UserPk;
        return new PageResult<TokensPage>(
            new
            {
                Page = await shells.ForAsync(http, withMenu: false),
                Tokens = await db.Set<Token>().AsNoTracking().Where(t => t.UserPk == user && (t.Intent == TokenIntent.Api || t.Intent == TokenIntent.AppPassword))
                    .OrderBy(t => t.Identifier).Take(200).ToListAsync(http.RequestAborted),
                NewKey = newKey,
                Errors = errors,
                Form = form,
            },
            // Turbo shows the answer to a form only when it is a redirect or refused; this one is neither and must not be repeated.
            errors is null && newKey is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }
}
