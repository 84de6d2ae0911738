using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Postern.Api.Http;
using Postern.Directory.RecycleBin;
using Postern.Directory.Users;
using Postern.Invitations;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Pages;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;
using Postern.Web.Shared;

namespace Postern.Web.Admin;

/// <summary>Creating, editing and deleting objects of any section, by the same use cases as the API.</summary>
sealed class FormPages(Sections sections, KindRegistry kinds, ObjectQuery objects, SaveObject save, DeleteObject delete, BinUsers bin, FindUses uses, NamedReferences names, ShellFactory shells)
{
    public async Task<IResult> NewAsync(HttpContext http, string path)
    {
        if (sections.Find(path) is not { } section)
            return await MissingAsync(http);
        if (KindToCreate(section, http) is not { } kind)
            return new PageResult<ChoosePage>(new { Page = await shells.ForAsync(http, withMenu: true), Section = section, Locked = await LockedAsync(http, section) });
        return await FormAsync(http, section, kind, kind.New(), form: null, new FieldErrors(), isNew: true);
    }

    static async Task<IReadOnlyCollection<ModelKind>> LockedAsync(HttpContext http, Section section)
    {
        var licenses = http.RequestServices.GetRequiredService<ILicenseRules>();
        List<ModelKind> locked = [];
        foreach (var kind in section.Creatable)
        {
            if (kind.RequiredLicence is { } feature && await licenses.LacksAsync(feature, http.RequestAborted))
                locked.Add(kind);
        }
        return locked;
    }

    public async Task<IResult> CreateAsync(HttpContext http, string path)
    {
        if (sections.Find(path) is not { } section || KindToCreate(section, http) is not { } kind)
            return await MissingAsync(http);
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (body, errors) = await ReadAsync(http, section, kind, form, isNew: true);
        if (errors.Any)
            return await FormAsync(http, section, kind, kind.New(), form, errors, isNew: true);
        var created = await save.CreateAsync(kind, http.Caller(), body, SaveOptions.Patch, http.RequestAborted);
        if (created.Fault is { } fault)
            return await RefusedAsync(http, section, kind, kind.New(), form, fault, isNew: true);
        await shells.TellAsync(http, "success", section.InMenu ? $"{kind.Label} {kind.NameOf(created.Value)} created." : $"{kind.Label} created.");
        return ConsolePages.See(http, BackFrom(http) ?? (section.Kind == InvitationKind.Kind ? section.Url : section.UrlOf(created.Value)));
    }

    public async Task<IResult> EditAsync(HttpContext http, string path, string lookup)
    {
        if (sections.Find(path) is not { } section)
            return await MissingAsync(http);
        var found = await FindAsync(http, section, lookup, tracked: true);
        if (found.Fault is { } fault)
            return await ConsolePages.ProblemAsync(http, fault.Message, ConsolePages.StatusOf(fault));
        await save.FillAsync(section.Kind.Of(found.Value), found.Value, http.RequestAborted);
        return await FormAsync(http, section, section.Kind.Of(found.Value), found.Value, form: null, new FieldErrors(), isNew: false);
    }

    public async Task<IResult> SaveAsync(HttpContext http, string path, string lookup)
    {
        if (sections.Find(path) is not { } section)
            return await MissingAsync(http);
        var found = await FindAsync(http, section, lookup, tracked: true);
        if (found.Fault is { } missing)
            return await ConsolePages.ProblemAsync(http, missing.Message, ConsolePages.StatusOf(missing));
        var kind = section.Kind.Of(found.Value);
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (body, errors) = await ReadAsync(http, section, kind, form, isNew: false);
        if (errors.Any)
            return await FormAsync(http, section, kind, found.Value, form, errors, isNew: false);
        var saved = await save.UpdateAsync(kind, http.Caller(), found.Value, body, SaveOptions.Patch, http.RequestAborted);
        if (saved.Fault is { } fault)
            return await RefusedAsync(http, section, kind, found.Value, form, fault, isNew: false);
        await shells.TellAsync(http, "success", $"{kind.Label} {kind.NameOf(saved.Value)} saved.");
        return ConsolePages.See(http, BackFrom(http) ?? section.UrlOf(saved.Value));
    }

    public async Task<IResult> AskDeleteAsync(HttpContext http, string path, string lookup)
    {
        if (sections.Find(path) is not { } section)
            return await MissingAsync(http);
        var found = await FindAsync(http, section, lookup, tracked: false);
        if (found.Fault is { } fault)
            return await ConsolePages.ProblemAsync(http, fault.Message, ConsolePages.StatusOf(fault));
        var kind = section.Kind.Of(found.Value);
        return new PageResult<DeletePage>(new
        {
            Page = await shells.ForAsync(http, withMenu: true),
            Kind = kind,
            Name = kind.NameOf(found.Value),
            Uses = await uses.ExecuteAsync(kind, http.Caller(), found.Value, http.RequestAborted),
            Back = BackFrom(http) ?? section.Url,
        });
    }

    public async Task<IResult> DeleteAsync(HttpContext http, string path, string lookup)
    {
        if (sections.Find(path) is not { } section)
            return await MissingAsync(http);
        var found = await FindAsync(http, section, lookup, tracked: true);
        var kind = found.Fault is null ? section.Kind.Of(found.Value) : section.Kind;
        var toBin = kind == UserKind.Kind && !(await http.Request.ReadFormAsync(http.RequestAborted))["final"].Contains("true");
        var outcome = found.Fault is { } missing ? (Result<Unit>)missing
            : toBin ? await bin.PutAsync(http.Caller(), lookup, http.RequestAborted)
            : await delete.ExecuteAsync(kind, http.Caller(), found.Value, http.RequestAborted);
        if (outcome.Fault is { } fault)
            return await ConsolePages.ProblemAsync(http, fault.Message, ConsolePages.StatusOf(fault));
        await shells.TellAsync(http, "success", $"{kind.Label} {kind.NameOf(found.Value)} {(toBin ? "is in the recycle bin" : "deleted")}.");
        return ConsolePages.See(http, BackFrom(http) ?? section.Url);
    }

    async Task<(System.Text.Json.JsonElement Body, FieldErrors Errors)> ReadAsync(HttpContext http, Section section, ModelKind kind, IFormCollection form, bool isNew)
    {
        var fields = Fields(section, kind).ToList();
        var (named, unknown) = await names.ResolveAsync(http, fields, form);
        var (body, errors) = FormReader.Read(fields, named, isNew);
        return (body, unknown.Any ? unknown : errors);
    }

    Task<Result<object>> FindAsync(HttpContext http, Section section, string lookup, bool tracked) =>
        objects.FindAsync(section.Kind, http.Caller(), lookup, tracked, http.RequestAborted);

    async Task<IResult> RefusedAsync(HttpContext http, Section section, ModelKind kind, object entity, IFormCollection form, Fault fault, bool isNew) =>
        fault is Fault.Invalid invalid
            ? await FormAsync(http, section, kind, entity, form, invalid.Errors, isNew)
            : await ConsolePages.ProblemAsync(http, fault.Message, ConsolePages.StatusOf(fault));

    async Task<IResult> FormAsync(HttpContext http, Section section, ModelKind kind, object entity, IFormCollection? form, FieldErrors errors, bool isNew)
    {
        var view = await FormView.ForAsync(kind, entity, section, http.Request.Query, form, errors, objects, kinds, http.Caller(), http.RequestAborted);
        return new PageResult<EditPage>(
            new
            {
                Page = await shells.ForAsync(http, withMenu: true),
                Title = isNew ? $"New {kind.Label.ToLowerInvariant()}" : $"Edit {kind.NameOf(entity)}",
                View = view,
                Submit = isNew ? "Create" : "Save",
                Back = BackFrom(http) ?? (isNew ? section.Url : section.UrlOf(entity)),
            },
            errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    /// <summary>Where the form was opened from, when another page of the console says so.</summary>
    static string? BackFrom(HttpContext http) =>
        http.Request.Query["back"].ToString() is var back && back.StartsWith(ConsolePages.Root, StringComparison.Ordinal) && !back.Contains('\\', StringComparison.Ordinal) ? back : null;

    static IEnumerable<Field> Fields(Section section, ModelKind kind) => FormView.Editable(kind).Where(f => !section.Hidden.Contains(f.Name, StringComparer.Ordinal));

    static ModelKind? KindToCreate(Section section, HttpContext http) =>
        section.Creatable is [var only] ? only : section.Creatable.FirstOrDefault(k => string.Equals(k.Name, http.Request.Query["type"], StringComparison.Ordinal));

    static Task<IResult> MissingAsync(HttpContext http) => ConsolePages.ProblemAsync(http, "There is no such page.", StatusCodes.Status404NotFound);
}
