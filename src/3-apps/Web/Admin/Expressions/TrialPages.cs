using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Postern.Api.Http;
using Postern.Applications.Mappings;
using Postern.Directory.Users;
using Postern.Kernel;
using Postern.Pages;
using Postern.Policies;
using Postern.Policies.Engine;
using Postern.Policies.Testing;
using Postern.Stages.Prompts;
using Postern.Storage;
using Postern.Storage.Objects;
using Postern.Web.Shared;

namespace Postern.Web.Admin.Expressions;

/// <summary>Trials of policies, property mappings and prompts: for a user and a context, with result, log, cost, and the values of variables per line.</summary>
static class TrialPages
{
    /// <summary>Sections whose objects can be tried.</summary>
    public static readonly IReadOnlySet<string> Sections = new HashSet<string>(["customization/policies", "customization/property-mappings", "flows/prompts"], StringComparer.Ordinal);

    public static void Map(IEndpointRouteBuilder pages)
    {
        foreach (var path in Sections)
        {
            pages.MapGet($"{path}/{{lookup}}/test/", (HttpContext http, string lookup, Sections sections, ObjectQuery objects, ShellFactory shells) =>
                FormAsync(http, sections.Find(path)!, lookup, objects, shells, new TrialForm("", "", InitialValue: false), new FieldErrors(), trial: null));
            pages.MapPost($"{path}/{{lookup}}/test/", (HttpContext http, string lookup, Sections sections, ObjectQuery objects, PosternDb db, ShellFactory shells) =>
                RunAsync(http, sections.Find(path)!, lookup, objects, db, shells));
        }
    }

    static async Task<IResult> RunAsync(HttpContext http, Section section, string lookup, ObjectQuery objects, PosternDb db, ShellFactory shells)
    {
        var posted = await http.Request.ReadFormAsync(http.RequestAborted);
        var form = new TrialForm(posted["username"].ToString().Trim(), posted["context"].ToString(), InitialValue: posted["part"] == "initial_value");
        var errors = new FieldErrors();
        var subject = await SubjectAsync(form, db, errors, http.RequestAborted);
        var trial = errors.Any ? null : await TryAsync(http, section, lookup, form, subject, objects, errors);
        return await FormAsync(http, section, lookup, objects, shells, form, errors, trial);
    }

    static async Task<TrialSubject> SubjectAsync(TrialForm form, PosternDb db, FieldErrors errors, CancellationToken cancellation)
    {
        JsonNode? context = null;
        if (form.Context.Length > 0 && (!YamlText.TryParse(form.Context, out context, out var problem) || context is not JsonObject))
            errors.Add("context", problem ?? "Write names with values, such as “is_sso: true”.");
        var user = form.Username.Length == 0 ? null
            : await UserKind.Kind.In(db).AsNoTracking().Where(u => u.Username == form.Username || u.Email == form.Username).Select(u => (int?)u.Pk).FirstOrDefaultAsync(cancellation);
        if (form.Username.Length > 0 && user is null)
            errors.Add("username", "There is no such user.");
        return new TrialSubject(user, context as JsonObject ?? []);
    }

    static async Task<TrialView?> TryAsync(HttpContext http, Section section, string lookup, TrialForm form, TrialSubject subject, ObjectQuery objects, FieldErrors errors)
    {
        var (services, caller) = (http.RequestServices, http.Caller());
        var tried = section.Path switch
        {
            "customization/policies" => await PolicyAsync(http, lookup, subject, objects),
            "flows/prompts" => (await services.GetRequiredService<TestPrompt>().ExecuteAsync(caller, lookup, form.InitialValue, subject, http.RequestAborted)).Then(TrialView.Of),
            _ => (await services.GetRequiredService<TestMapping>().ExecuteAsync(caller, lookup, subject, http.RequestAborted)).Then(TrialView.Of),
        };
        if (tried.Succeeded(out var view, out var fault))
            return view;
        errors.Add("username", fault.Message);
        return null;
    }

    static async Task<Result<TrialView>> PolicyAsync(HttpContext http, string lookup, TrialSubject subject, ObjectQuery objects)
    {
        if (subject.User is not { } user)
            return Fault.Field("username", "Policies decide about somebody: choose a user.");
        if (!(await objects.FindAsync(PolicyKind.Kind, http.Caller(), lookup, tracked: false, http.RequestAborted)).Succeeded(out var found, out var missing))
            return missing;
        var policy = (Policy)found;
        var facts = HttpFacts.Of(http, http.Caller().ClientIp);
        var tested = await http.RequestServices.GetRequiredService<TestPolicy>().ExecuteAsync(http.Caller(), policy.Pk, user, subject.Context, facts, http.RequestAborted);
        return tested.Then(outcome => TrialView.Of(outcome, policy));
    }

    static async Task<IResult> FormAsync(
        HttpContext http, Section section, string lookup, ObjectQuery objects, ShellFactory shells, TrialForm form, FieldErrors errors, TrialView? trial)
    {
        var found = await objects.FindAsync(section.Kind, http.Caller(), lookup, tracked: false, http.RequestAborted);
        if (!found.Succeeded(out var entity, out var missing))
            return await ConsolePages.ProblemAsync(http, missing.Message, ConsolePages.StatusOf(missing));
        return new PageResult<TrialPage>(
            new
            {
                Page = await shells.ForAsync(http, withMenu: true),
                Section = section,
                Name = section.Kind.Of(entity).NameOf(entity),
                Url = section.UrlOf(entity),
                IsPrompt = entity is Prompt,
                Form = form,
                Errors = errors,
                Trial = trial,
            },
            errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }
}

/// <summary>What is asked before a trial.</summary>
public sealed record TrialForm(string Username, string Context, bool InitialValue);
