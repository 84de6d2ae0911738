using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Http;
using Postern.Applications.Providers;
using Postern.Applications.Transactions;
using Postern.Directory.Groups;
using Postern.Kernel;
using Postern.Pages;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;
using Postern.Web.Shared;

namespace Postern.Web.Admin.Applications;

/// <summary>The guided way to an application: what it is, how people sign in to it and who may use it, on one page and in one step.</summary>
sealed class WizardPages(CreateWithProvider create, ObjectQuery objects, KindRegistry kinds, WizardDefaults defaults, ShellFactory shells)
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("applications/wizard/", (HttpContext http, WizardPages wizard) => wizard.ShowAsync(http));
        pages.MapPost("applications/wizard/", (HttpContext http, WizardPages wizard) => wizard.CreateAsync(http));
    }

    async Task<IResult> ShowAsync(HttpContext http) => KindOf(http) is { } kind
        ? await FormAsync(http, kind, form: null, new FieldErrors())
        : new PageResult<WizardPage>(new { Page = await shells.ForAsync(http, withMenu: true), Kinds });

    async Task<IResult> CreateAsync(HttpContext http)
    {
        if (KindOf(http) is not { } kind)
            return await ShowAsync(http);
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var entity = await NewAsync(kind, http);
        var request = WizardForm.Read(form, kind, (Provider)entity);
        if (!(await create.ExecuteAsync(http.Caller(), request, http.RequestAborted)).Succeeded(out var outcome, out var refusal))
            return await ConsolePages.ProblemAsync(http, refusal.Message, ConsolePages.StatusOf(refusal));
        if (outcome.Errors.Count > 0)
            return await FormAsync(http, kind, form, WizardForm.Merged(outcome.Errors));
        await shells.TellAsync(http, "success", $"Application {outcome.Application!.Name} created. Enter what follows in its settings.");
        return ConsolePages.See(http, $"/if/admin/applications/providers/{outcome.Application.ProviderId}/");
    }

    async Task<IResult> FormAsync(HttpContext http, ModelKind kind, IFormCollection? form, FieldErrors errors)
    {
        var section = new Section("", "", "", kind) { Hidden = [.. WizardForm.HiddenOf(kind)] };
        var provider = await FormView.ForAsync(
            kind, await NewAsync(kind, http), section, new QueryCollection(), form, new FieldErrors(), objects, kinds, http.Caller(), http.RequestAborted, WizardForm.ProviderPrefix);
        var groups = await objects.ListAsync(GroupKind.Kind, http.Caller(), new ListRequest { PageSize = 500 }, http.RequestAborted);
        return new PageResult<WizardPage>(
            new
            {
                Page = await shells.ForAsync(http, withMenu: true),
                Kinds,
                Kind = kind,
                Typed = form is null ? new Dictionary<string, string>(StringComparer.Ordinal) : form.ToDictionary(f => f.Key, f => f.Value.ToString(), StringComparer.Ordinal),
                Provider = provider,
                Groups = groups.Fault is null ? groups.Value.Items.Cast<Group>().ToList() : [],
                ChosenGroups = form is null ? [] : form["groups"].OfType<string>().ToArray(),
                Errors = errors,
            },
            errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    async ValueTask<object> NewAsync(ModelKind kind, HttpContext http)
    {
        var entity = kind.New();
        await defaults.FillAsync((Provider)entity, http.RequestAborted);
        return entity;
    }

    static IReadOnlyList<ModelKind> Kinds => [.. ProviderKind.Kind.Family.Where(k => k.Path is not null)];

    static ModelKind? KindOf(HttpContext http) =>
        Kinds is [var only] ? only : Kinds.FirstOrDefault(k => string.Equals(k.Name, http.Request.Query["type"], StringComparison.Ordinal));
}
