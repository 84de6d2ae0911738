using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Http;
using Postern.Brands;
using Postern.Brands.Mails;
using Postern.Kernel;
using Postern.Mail;
using Postern.Mail.Languages;
using Postern.Pages;
using Postern.Pages.Forms;
using Postern.Storage.Objects;
using Postern.Web.Shared;

namespace Postern.Web.Admin.Mails;

/// <summary>The editor of mail texts: beside the form, how the mail looks, and the button that sends it to oneself.</summary>
sealed class MailEditorPages(ObjectQuery objects, SaveObject save, MailTemplates files, ShellFactory shells)
{
    /// <summary>The list, and below it the editor's addresses.</summary>
    public const string Path = "/if/admin/customization/mail-templates/";

    public static void Map(IEndpointRouteBuilder pages)
    {
        const string list = "customization/mail-templates";
        pages.MapGet($"{list}/new/", (HttpContext http, MailEditorPages self) => self.ShowAsync(http, lookup: null));
        pages.MapPost($"{list}/new/", (HttpContext http, MailEditorPages self) => self.SaveAsync(http, lookup: null));
        pages.MapGet($"{list}/{{lookup:guid}}/edit/", (HttpContext http, string lookup, MailEditorPages self) => self.ShowAsync(http, lookup));
        pages.MapPost($"{list}/{{lookup:guid}}/edit/", (HttpContext http, string lookup, MailEditorPages self) => self.SaveAsync(http, lookup));
        pages.MapPost($"{list}/preview/", PreviewAsync);
        pages.MapPost($"{list}/send/", SendAsync);
    }

    async Task<IResult> ShowAsync(HttpContext http, string? lookup)
    {
        MailTemplate text;
        if (lookup is null)
        {
            var name = http.Request.Query["name"].ToString();
            text = new MailTemplate { Name = name, Html = files.SourceOf(name) ?? "" };
        }
        else
        {
            var found = await objects.FindAsync(MailTemplateKind.Kind, http.Caller(), lookup, tracked: false, http.RequestAborted);
            if (found.Fault is { } fault)
                return await ConsolePages.ProblemAsync(http, fault.Message, ConsolePages.StatusOf(fault));
            text = (MailTemplate)found.Value;
        }
        return await PageAsync(http, text, lookup, new FieldErrors());
    }

    async Task<IResult> SaveAsync(HttpContext http, string? lookup)
    {
        var text = await ReadAsync(http);
        var input = System.Text.Json.JsonSerializer.SerializeToElement(new { name = text.Name, brand = text.BrandPk, locale = text.Locale, subject = text.Subject, html = text.Html, text = text.Text });
        Result<object> saved;
        if (lookup is null)
        {
            saved = await save.CreateAsync(MailTemplateKind.Kind, http.Caller(), input, SaveOptions.Full, http.RequestAborted);
        }
        else
        {
            var found = await objects.FindAsync(MailTemplateKind.Kind, http.Caller(), lookup, tracked: true, http.RequestAborted);
            saved = found.Fault is { } missing ? (Result<object>)missing : await save.UpdateAsync(MailTemplateKind.Kind, http.Caller(), found.Value, input, SaveOptions.Full, http.RequestAborted);
        }
        if (saved.Fault is Fault.Invalid invalid)
            return await PageAsync(http, text, lookup, invalid.Errors);
        if (saved.Fault is { } fault)
            return await ConsolePages.ProblemAsync(http, fault.Message, ConsolePages.StatusOf(fault));
        await shells.TellAsync(http, "success", "The mail text is saved.");
        return ConsolePages.See(http, Path);
    }

    static async Task<IResult> PreviewAsync(HttpContext http, PreviewTemplate preview)
    {
        var shown = await preview.ExecuteAsync(http, await ReadAsync(http), http.RequestAborted);
        return new PageResult<MailPreview>(new { Mail = shown.Fault is null ? shown.Value : null, Error = Reason(shown.Fault) }) { Policy = MailPreview.Policy };
    }

    static async Task<IResult> SendAsync(HttpContext http, PreviewTemplate preview)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var sent = await preview.SendAsync(http, await ReadAsync(http), form["to"].ToString().Trim(), http.RequestAborted);
        return new PageResult<MailPreview>(new { SentTo = form["to"].ToString().Trim(), Sent = sent.Fault is null ? sent.Value : (Guid?)null, Error = Reason(sent.Fault) }) { Policy = MailPreview.Policy };
    }

    async Task<IResult> PageAsync(HttpContext http, MailTemplate text, string? lookup, FieldErrors errors)
    {
        var brands = await objects.ListAsync(BrandKind.Kind, http.Caller(), new ListRequest { PageSize = 100 }, http.RequestAborted);
        return new PageResult<MailEditorPage>(
            new
            {
                Page = await shells.ForAsync(http, withMenu: true),
                Text = text,
                Action = lookup is null ? $"{Path}new/" : $"{Path}{lookup}/edit/",
                IsNew = lookup is null,
                Errors = errors,
                To = http.Caller().Email,
                Names = (IReadOnlyList<Option>)[.. files.Names.Append(MailTemplates.Frame).Select(n => new Option(n, n))],
                Languages = (IReadOnlyList<Option>)[.. Language.All.Select(l => new Option(l, Language.NameOf(l)))],
                Brands = (IReadOnlyList<Option>)(brands.Fault is not null ? [] : [.. brands.Value.Items.Cast<Brand>().Select(b => new Option(b.Pk.ToString(), b.Domain))]),
            },
            errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    static async Task<MailTemplate> ReadAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        return new MailTemplate
        {
            Name = form["name"].ToString(),
            BrandPk = Guid.TryParse(form["brand"], out var brand) ? brand : null,
            Locale = form["locale"].ToString(),
            Subject = form["subject"].ToString(),
            Html = form["html"].ToString().ReplaceLineEndings("\n"),
            Text = form["text"].ToString().ReplaceLineEndings("\n"),
        };
    }

    static string? Reason(Fault? fault) => fault is Fault.Invalid invalid ? string.Join(' ', invalid.Errors.Fields.SelectMany(f => invalid.Errors[f])) : fault?.Message;
}
