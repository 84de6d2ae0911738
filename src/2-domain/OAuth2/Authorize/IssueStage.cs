using System.Text.Json.Nodes;
using Postern.Flows;
using Postern.Flows.Running;
using Postern.Storage.Kinds;

namespace Postern.OAuth2.Authorize;

/// <summary>The last stage of an authorization: hands the application its code or tokens.</summary>
sealed class IssueStage : Stage
{
    /// <summary>The request as it came.</summary>
    public JsonObject Parameters { get; set; } = [];

    /// <summary>Name of the pushed request it came in with; empty for none.</summary>
    public string RequestUri { get; set; } = "";

    public static readonly ModelKind<IssueStage> Kind = StageKind.DeclareInternal<IssueStage>("authentik_providers_oauth2.issuestage", static k =>
    {
        k.Json("parameters", s => s.Parameters);
        k.Text("request_uri", s => s.RequestUri);
    });
}

/// <summary>Checks the request once more, because time has passed, and issues.</summary>
sealed class RunIssue(CheckRequest check, IssueAnswer issue, AuthorizeAnswer answers) : IStage<IssueStage>
{
    public async ValueTask<StageOutcome> StartAsync(IssueStage stage, StageRun run, CancellationToken cancellation)
    {
        var parameters = new AuthorizeParameters(stage.Parameters.Select(p => KeyValuePair.Create(p.Key, p.Value!.GetValue<string>())));
        var outcome = await check.ExecuteAsync(parameters, stage.RequestUri.Length > 0, run.Http, cancellation);
        if (outcome.Page is { } page)
            return StageOutcome.Deny(page.Text);
        if (outcome.Error is { } error)
            return Send(await answers.ErrorAsync(outcome.Request!, error, run.Http, cancellation), outcome.Request!);
        if (run.SignedIn is not { IsActive: true } user)
            return StageOutcome.Deny(null);
        return Send(await issue.ExecuteAsync(outcome.Request!, user, stage.RequestUri, run.Flow, run.Http, cancellation), outcome.Request!);
    }

    public ValueTask<StageOutcome> AnswerAsync(IssueStage stage, StageRun run, JsonObject answer, CancellationToken cancellation) => StartAsync(stage, run, cancellation);

    static StageOutcome Send(AnswerValues answer, AuthorizeRequest request)
    {
        if (answer.Mode is not ResponseMode.FormPost)
            return new StageOutcome.Redirect(answer.ToUrl());
        var members = new JsonObject
        {
            ["url"] = answer.RedirectUri,
            ["attrs"] = new JsonObject(answer.Values.Select(v => KeyValuePair.Create(v.Key, (JsonNode?)v.Value))),
            ["title"] = $"Redirecting to {request.Client.Application!.Name}...",
        };
        return new StageOutcome.Challenge(AnswerRequest.Autosubmit, members);
    }
}
