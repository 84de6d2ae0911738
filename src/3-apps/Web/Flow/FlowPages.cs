using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Directory.Sessions;
using Postern.Flows.Inspecting;
using Postern.Flows.Running;
using Postern.Kernel;
using Postern.Pages;
using Postern.Web.Admin;
using Postern.Web.Flow.Words;
using Postern.Web.Shared;

namespace Postern.Web.Flow;

/// <summary>The pages of flows: they work without a script. An accepted answer leads back to the page, so that a reload repeats nothing.</summary>
static class FlowPages
{
    const string InspectorQuery = "inspector";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/if/flow/{slug}/", ShowAsync);
        routes.MapPost("/if/flow/{slug}/", AnswerAsync);
    }

    static async Task<IResult> ShowAsync(HttpContext http, string slug, ExecuteFlow execute, ShellFactory shells)
    {
        var result = await execute.ExecuteAsync(http, slug, PageQuery.Parse(http.Request.QueryString.Value), answer: null, http.RequestAborted);
        return result.Fault is not null ? await NoFlowAsync(http) : await AnswerWithAsync(http, result.Value, shells, submitted: null);
    }

    static async Task<IResult> AnswerAsync(HttpContext http, string slug, ExecuteFlow execute, ShellFactory shells)
    {
        if (!http.Request.HasFormContentType)
            return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        // Somebody signed in may not be made to answer by a foreign page.
        if (Api.Http.CallerFeature.Caller(http).IsAuthenticated && !CsrfCheck.Fits(http, form[ShellFactory.TokenField].ToString()))
            return Results.Redirect($"{http.Request.Path}{http.Request.QueryString}");
        var answer = FormAnswer.Of(form);
        answer.Remove(ShellFactory.TokenField);
        var result = await execute.ExecuteAsync(http, slug, PageQuery.Parse(http.Request.QueryString.Value), answer, http.RequestAborted);
        if (result.Fault is not null)
            return await NoFlowAsync(http);
        var ends = result.Value.Rejected || result.Value.Messages.Count > 0 || result.Value.Component is FlowAnswer.DeniedComponent or FlowAnswer.ErrorComponent;
        if (!ends && result.Value.RedirectTo is null)
            return See($"{http.Request.Path}{http.Request.QueryString}", http);
        return await AnswerWithAsync(http, result.Value, shells, form.ToDictionary(f => f.Key, f => f.Value.ToString(), StringComparer.Ordinal));
    }

    static Task<IResult> NoFlowAsync(HttpContext http) => ConsolePages.ProblemAsync(http, "There is no such flow.", StatusCodes.Status404NotFound);

    static async Task<IResult> AnswerWithAsync(HttpContext http, FlowAnswer answer, ShellFactory shells, Dictionary<string, string>? submitted)
    {
        if (answer.RedirectTo is { } to)
            return See(to, http);
        var shell = await shells.ForAsync(http, withMenu: false);
        shell = shell with
        {
            Messages = [.. shell.Messages, .. answer.Messages.Select(m => new PageMessage(ShellFactory.ToneOf(m.Level.ToString()), Sentences.In(shell.Language, m.Text)))],
        };
        // The standard picture gives way to the brand's, or to the page's own ground, which follows the theme.
        if (answer.Challenge["flow_info"] is System.Text.Json.Nodes.JsonObject info && info["background"]?.ToString() == Postern.Flows.FlowBackground.Standard)
            info.Remove("background");
        var challenge = new Challenge(JsonSerializer.SerializeToElement(answer.Challenge), submitted);
        return new PageResult<ChallengeView>(new { Shell = shell, Challenge = challenge, Inspector = await InspectorAsync(http) }) { Policy = Policy(challenge) };
    }

    /// <summary>The panel that <c>?inspector</c> asks for, for whoever may inspect the flow.</summary>
    static async Task<RenderFragment?> InspectorAsync(HttpContext http)
    {
        var query = PageQuery.Parse(http.Request.QueryString.Value);
        if (!query.Names.Contains(InspectorQuery, StringComparer.Ordinal) || http.GetRouteValue("slug") is not string slug)
            return null;
        var inspect = (InspectFlow)http.RequestServices.GetService(typeof(InspectFlow))!;
        var inspected = await inspect.ExecuteAsync(http, slug, query, http.RequestAborted);
        if (inspected.Fault is { } fault and not Fault.Invalid)
            return null;
        var close = query.With(InspectorQuery, null);
        return builder =>
        {
            builder.OpenComponent<InspectorPanel>(0);
            builder.AddComponentParameter(1, nameof(InspectorPanel.Inspection), inspected.Fault is null ? inspected.Value : null);
            builder.AddComponentParameter(2, nameof(InspectorPanel.CloseHref), $"{http.Request.Path}{(close.Length > 0 ? $"?{close}" : "")}");
            builder.CloseComponent();
        };
    }

    /// <summary>Pages with a captcha let its service in, and those that sign out elsewhere let in what is to be told.</summary>
    static string Policy(Challenge challenge)
    {
        if (challenge.Component is "ak-provider-iframe-logout")
            return ContentPolicy.Framing(challenge.Items("logout_urls").Select(u => u.Text("url") ?? ""));
        var captcha = challenge.Component is "ak-stage-captcha" ? challenge.Json : challenge.Json.Member("captcha_stage");
        return captcha?.Text("js_url") is { } script ? CaptchaService.Policy(ContentPolicy.Flow, script) : ContentPolicy.Flow;
    }

    /// <summary>303: the browser asks for the next page with GET, whatever it sent.</summary>
    static IResult See(string to, HttpContext http)
    {
        http.Response.Headers.Location = to;
        http.Response.Headers.CacheControl = "no-store";
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }
}
