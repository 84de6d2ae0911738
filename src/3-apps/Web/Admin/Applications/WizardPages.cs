using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Http;
using Postern.Applications;
using Postern.Applications.Providers;
using Postern.Applications.Transactions;
using Postern.Kernel;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;
using Postern.Web.Shared;

namespace Postern.Web.Admin.Applications;

/// <summary>The guided way to an application: what it is, how people sign in to it and who may use it, on one page and in one step.</summary>
sealed class WizardPages(CreateWithProvider create, ObjectQuery objects, KindRegistry kinds, WizardDefaults defaults, ShellFactory shells)
{
    const string ProviderPrefix = "provider.";

    static readonly string[] ApplicationFields = ["name", "slug", "group", "meta_launch_url", "meta_icon", "meta_description"];

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("applications/wizard/", (HttpContext http, WizardPages wizard) => wizard.ShowAsync(http));
        pages.MapPost("applications/wizard/", (HttpContext http, WizardPages wizard) => wizard.CreateAsync(http));
    }

    async Task<IResult> ShowAsync(HttpContext http) => KindOf(http) is { } kind
        ? await FormAsync(http, kind, form: null, new Dictionary<string, FieldErrors>(StringComparer.Ordinal))
        : new PageResult<WizardPage>(new { Page = await shells.ForAsync(http, withMenu: true), Kinds = Kinds });

    async Task<IResult> CreateAsync(HttpContext http)
    {
        if (KindOf(http) is not { } kind)
            return await ShowAsync(http);
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (application, wrong) = FormReader.Read(FieldsOf(ApplicationKind.Kind).Where(f => ApplicationFields.Contains(f.Name, StringComparer.Ordinal)), form, isNew: true);
        var (provider, alsoWrong) = FormReader.Read(FieldsOf(kind), form, isNew: true, ProviderPrefix);
        if (wrong.Any || alsoWrong.Any)
            return await FormAsync(http, kind, form, Errors(("app", wrong), ("provider", alsoWrong)));
        var request = new TransactionRequest(JsonObject.Create(application)!, kind, JsonObject.Create(provider)!, [.. Bindings(form)]);
        if (!(await create.ExecuteAsync(http.Caller(), request, http.RequestAborted)).Succeeded(out var outcome, out var refusal))
            return await ConsolePages.ProblemAsync(http, refusal.Message, ConsolePages.StatusOf(refusal));
        if (outcome.Errors.Count > 0)
            return await FormAsync(http, kind, form, outcome.Errors);
        await shells.TellAsync(http, "success", $"Application {outcome.Application!.Name} created with its provider.");
        return ConsolePages.See(http, $"/if/admin/applications/applications/{outcome.Application.Slug}/");
    }

    async Task<IResult> FormAsync(HttpContext http, ModelKind kind, IFormCollection? form, IReadOnlyDictionary<string, FieldErrors> errors)
    {
        var application = await ViewAsync(http, ApplicationKind.Kind, form, errors.GetValueOrDefault("app"), "");
        var provider = await ViewAsync(http, kind, form, errors.GetValueOrDefault("provider"), ProviderPrefix);
        var groups = await objects.ListAsync(Directory.Groups.GroupKind.Kind, http.Caller(), new ListRequest { PageSize = 500 }, http.RequestAborted);
        return new PageResult<WizardPage>(
            new
            {
                Page = await shells.ForAsync(http, withMenu: true),
                Kinds = Kinds,
                Kind = kind,
                Application = application with { Fields = [.. ApplicationFields.Select(n => application.Fields.First(f => string.Equals(f.Field.Name, n, StringComparison.Ordinal)))] },
                Provider = provider,
                Groups = groups.Fault is null ? groups.Value.Items.Cast<Directory.Groups.Group>().ToList() : [],
                ChosenGroups = form is null ? [] : form["groups"].OfType<string>().ToArray(),
                Summary = Merged(errors),
            },
            errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    async Task<FormView> ViewAsync(HttpContext http, ModelKind kind, IFormCollection? form, FieldErrors? errors, string prefix)
    {
        var section = new Section("", "", "", kind);
        var entity = kind.New();
        if (entity is Provider provider)
            await defaults.FillAsync(provider, http.RequestAborted);
        return await FormView.ForAsync(kind, entity, section, new QueryCollection(), form, errors ?? new FieldErrors(), objects, kinds, http.Caller(), http.RequestAborted, prefix);
    }

    static IReadOnlyList<ModelKind> Kinds => [.. ProviderKind.Kind.Family.Where(k => k.Path is not null)];

    static ModelKind? KindOf(HttpContext http) =>
        Kinds is [var only] ? only : Kinds.FirstOrDefault(k => string.Equals(k.Name, http.Request.Query["type"], StringComparison.Ordinal));

    static IEnumerable<Field> FieldsOf(ModelKind kind) => FormView.Editable(kind);

    static IEnumerable<JsonObject> Bindings(IFormCollection form) =>
        form["groups"].OfType<string>().Where(g => g.Length > 0).Select((g, order) => new JsonObject { ["group"] = g, ["order"] = order });

    static Dictionary<string, FieldErrors> Errors(params (string Part, FieldErrors Errors)[] parts) =>
        parts.Where(p => p.Errors.Any).ToDictionary(p => p.Part, p => p.Errors, StringComparer.Ordinal);

    static FieldErrors Merged(IReadOnlyDictionary<string, FieldErrors> errors)
    {
        var all = new FieldErrors();
        foreach (var (part, wrong) in errors)
        {
            foreach (var (field, text) in wrong.Fields.SelectMany(f => wrong[f].Select(t => (f, t))))
                all.Add(part is "provider" ? ProviderPrefix + field : field, text);
        }
        return all;
    }
}
