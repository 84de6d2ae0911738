using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Postern.Api.Http;
using Postern.Applications.Access;
using Postern.Directory.Sessions;
using Postern.Directory.Users;
using Postern.Flows;
using Postern.Flows.Plans;
using Postern.Flows.Running;
using Postern.OAuth2.Http;
using Postern.OAuth2.Tokens;
using Postern.Policies.Engine;
using Postern.Storage;

namespace Postern.OAuth2.Authorize;

/// <summary>Answers an authorization request that passed its checks: sign-in where needed, access, the provider's flow, and then the answer.</summary>
sealed class AnswerRequest(
    PosternDb db, BrowserSession browser, DecideAccess access, DefaultFlows defaults, EnterFlow enter, SignInFirst signIn, AuthorizePlan plans, AuthorizeAnswer answers,
    IssueAnswer issue, Subject subjects)
{
    public const string Autosubmit = "ak-stage-autosubmit";

    public async Task<IResult> ExecuteAsync(AuthorizeRequest request, string requestUri, HttpContext http, CancellationToken cancellation)
    {
        if (await SignedInAsync(http, cancellation) is not { } found)
            return request.IsSilent ? await ErrorAsync(request, AuthorizeError.LoginRequired, http, cancellation) : await signIn.ExecuteAsync(request, requestUri, authenticatedAt: null, defaults, http, cancellation);
        var (user, session) = found;
        if (request.ExpectedSubject is { } expected && !string.Equals(expected, await subjects.OfAsync(request.Client, user, cancellation), StringComparison.Ordinal))
            return request.IsSilent ? await ErrorAsync(request, AuthorizeError.LoginRequired, http, cancellation) : await AgainAsync(request, requestUri, session, http, cancellation);
        if (signIn.IsNeeded(request, session.AuthenticatedAt!.Value))
            return request.IsSilent ? await ErrorAsync(request, AuthorizeError.LoginRequired, http, cancellation) : await signIn.ExecuteAsync(request, requestUri, session.AuthenticatedAt, defaults, http, cancellation);
        var verdict = await access.ExecuteAsync(request.Client.Application!, AuthorizePlan.ForPolicies(request, user, http), cancellation);
        if (!verdict.Passing)
            return request.IsSilent ? await ErrorAsync(request, AuthorizeError.AccessDenied, http, cancellation) : ErrorPage.Denied(string.Join('\n', verdict.Messages)).ToResult();
        return await RunFlowAsync(request, requestUri, user, http, cancellation);
    }

    async Task<IResult> RunFlowAsync(AuthorizeRequest request, string requestUri, User user, HttpContext http, CancellationToken cancellation)
    {
        if (request.Client.Provider.AuthorizationFlow is not { } flow)
            return AuthorizeAnswer.ToResult(await issue.ExecuteAsync(request, user, requestUri, flow: null, http, cancellation), http);
        var entered = await enter.ExecuteAsync(
            http, flow, user, AuthorizePlan.Context(request), (plan, picture) => plans.Adjust(plan, picture, request, requestUri),
            answer => answer is { RedirectTo: null, Component: not (Autosubmit or FlowAnswer.DeniedComponent) } && !request.IsSilent, cancellation);
        if (!entered.Succeeded(out var first, out var fault))
            return ErrorPage.Denied(fault.Message).ToResult();
        if (first.Answer.RedirectTo is { } to)
        {
            http.Response.Headers.CacheControl = "no-store";
            http.Response.Headers.Location = to;
            return Results.StatusCode(StatusCodes.Status302Found);
        }
        if (first.Answer.Component is Autosubmit)
            return new ProtocolPage((pages, context) => pages.SendAsync(context, first.Answer.Challenge["title"]!.GetValue<string>(), first.Answer.Challenge["url"]!.GetValue<string>(), first.Answer.Challenge["attrs"]!.AsObject()));
        if (first.Answer.Component is FlowAnswer.DeniedComponent)
            return request.IsSilent ? await ErrorAsync(request, AuthorizeError.AccessDenied, http, cancellation) : ErrorPage.Denied(first.Answer.Challenge["error_message"]?.GetValue<string>() ?? "").ToResult();
        if (request.IsSilent)
            return await ErrorAsync(request, first.Answer.Component is "ak-stage-consent" ? AuthorizeError.ConsentRequired : AuthorizeError.InteractionRequired, http, cancellation);
        return Results.Redirect(first.Page);
    }

    /// <summary>Somebody else is meant than who is signed in.</summary>
    Task<IResult> AgainAsync(AuthorizeRequest request, string requestUri, Session session, HttpContext http, CancellationToken cancellation) =>
        signIn.WasDone(request, session.AuthenticatedAt!.Value)
            ? ErrorAsync(request, AuthorizeError.LoginRequired, http, cancellation)
            : signIn.ExecuteAsync(request, requestUri, session.AuthenticatedAt, defaults, http, cancellation);

    async Task<(User User, Session Session)?> SignedInAsync(HttpContext http, CancellationToken cancellation)
    {
        if (http.Caller() is not { IsAuthenticated: true, UserPk: { } pk } || await browser.FindAsync(cancellation) is not { AuthenticatedAt: not null } session)
            return null;
        return await db.Set<User>().AsNoTracking().FirstOrDefaultAsync(u => u.Pk == pk, cancellation) is { IsActive: true } user ? (user, session) : null;
    }

    async Task<IResult> ErrorAsync(AuthorizeRequest request, AuthorizeError error, HttpContext http, CancellationToken cancellation) =>
        AuthorizeAnswer.ToResult(await answers.ErrorAsync(request, error, http, cancellation), http);
}
