using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Postern.Api.Http;
using Postern.Directory.Sessions;
using Postern.Directory.Users;
using Postern.Flows;
using Postern.Flows.Plans;
using Postern.Flows.Running;
using Postern.OAuth2.Authorize;
using Postern.OAuth2.Clients;
using Postern.OAuth2.Http;
using Postern.OAuth2.Tokens;
using Postern.Storage;
using Postern.Storage.Snapshots;

namespace Postern.OAuth2.Logout;

/// <summary>
/// Signs somebody out at an application's wish (OpenID Connect RP-Initiated Logout). Only an ID token of this very session proves the wish;
/// without one the person is asked. Nobody is sent to an address that the application did not register.
/// </summary>
sealed class EndSession(
    PosternDb db, Snapshot<ClientPicture> clients, Issuer issuer, Subject subjects, BrowserSession browser, DefaultFlows defaults, EnterFlow enter)
{
    public const string Confirmation = "confirmation";

    /// <summary>A null slug is the issuer that several applications share: there the request itself must name one.</summary>
    public async Task<IResult> ExecuteAsync(string? slug, AuthorizeParameters parameters, string? confirmed, HttpContext http, CancellationToken cancellation)
    {
        var picture = await clients.GetAsync(cancellation);
        var found = slug is not null ? picture.OfApplication(slug) : picture.Find(parameters["client_id"] ?? OwnToken.ClientOf(parameters["id_token_hint"] ?? ""));
        if (found is not { Application: not null } client)
            return slug is not null ? Results.NotFound() : new ErrorPage("Logout Error", "The request to sign out names no application.").ToResult();
        if (parameters.Repeated is not null || (parameters["client_id"] is { } named && named != client.Id))
            return new ErrorPage("Logout Error", "The request to sign out is malformed.").ToResult();
        var hint = parameters["id_token_hint"] is { } token ? OwnToken.Read(token, client, await issuer.OfAsync(client, http, cancellation)) : null;
        if (parameters["id_token_hint"] is not null && hint is null)
            return new ErrorPage("Logout Error", "The id_token_hint is not an ID token of this issuer for this application.").ToResult();
        if (parameters["post_logout_redirect_uri"] is { } to && !client.LogoutRedirects.Any(r => r.Matches(to)))
            return new ErrorPage("Logout Error", "The post_logout_redirect_uri is not registered for this application.").ToResult();
        if (await SignedInAsync(http, cancellation) is not { } signedIn)
            return Back(parameters) is { } straight ? Results.Redirect(straight) : ProtocolPage.Notice("Signed out", "You are signed out.", StatusCodes.Status200OK, isError: false);
        var (user, session) = signedIn;
        if (!await IsOfSessionAsync(hint, client, user, session, cancellation) && !(confirmed is { Length: > 0 } && CsrfCheck.Fits(http, confirmed)))
            return Ask(client, parameters);
        return await RunAsync(client, parameters, user, session, http, cancellation);
    }

    async Task<IResult> RunAsync(Client client, AuthorizeParameters parameters, User user, Session session, HttpContext http, CancellationToken cancellation)
    {
        var flow = client.Provider.InvalidationFlow ?? (await defaults.FindAsync(http, FlowDesignation.Invalidation, cancellation))?.Pk;
        if (flow is null)
            return Results.NotFound();
        await db.ExecuteAsync("UPDATE oauth2_access_token SET revoked = true WHERE session_uuid = $1 AND provider_id = $2", cancellation, session.Uuid, client.Provider.Id);
        var context = new PlanContext { [PlanContext.ApplicationKey] = client.Application };
        var back = Back(parameters);
        var entered = await enter.ExecuteAsync(
            http, flow.Value, user, context, (plan, _) => plan.Append(new LeaveStage { To = back ?? "", ApplicationPk = client.Application!.Pk }), answer => answer.RedirectTo is null, cancellation);
        if (!entered.Succeeded(out var first, out var fault))
            return ErrorPage.Denied(fault.Message).ToResult();
        http.Response.Headers.CacheControl = "no-store";
        return Results.Redirect(first.Answer.RedirectTo ?? first.Page);
    }

    async ValueTask<bool> IsOfSessionAsync(JsonObject? hint, Client client, User user, Session session, CancellationToken cancellation)
    {
        if (hint is null || OwnToken.Text(hint, "sub") != await subjects.OfAsync(client, user, cancellation))
            return false;
        return OwnToken.Text(hint, "sid") is not { } sid || sid == TokenText.SessionId(session.Uuid);
    }

    /// <summary>Asks whether to sign out; the answer carries the session's token, which no other site knows.</summary>
    ProtocolPage Ask(Client client, AuthorizeParameters parameters)
    {
        var values = parameters.All.Where(p => p.Key is not Confirmation).Append(new(Confirmation, browser.CsrfToken ?? "")).ToList();
        return new((pages, http) => pages.ConfirmAsync(http, client.Application!.Name, http.Request.Path, values));
    }

    static string? Back(AuthorizeParameters parameters)
    {
        if (parameters["post_logout_redirect_uri"] is not { } to)
            return null;
        return parameters["state"] is { } state ? $"{to}{(to.Contains('?', StringComparison.Ordinal) ? '&' : '?')}state={Uri.EscapeDataString(state)}" : to;
    }

    async Task<(User, Session)?> SignedInAsync(HttpContext http, CancellationToken cancellation)
    {
        if (http.Caller() is not { IsAuthenticated: true, UserPk: { } pk } || await browser.FindAsync(cancellation) is not { } session)
            return null;
        return await db.Set<User>().FirstOrDefaultAsync(u => u.Pk == pk, cancellation) is { } user ? (user, session) : null;
    }
}
