using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.OAuth2.Authorize;
using Postern.OAuth2.Clients;
using Postern.OAuth2.Http;

namespace Postern.OAuth2.Pushed;

/// <summary>The endpoint for pushed authorization requests (RFC 9126): the client sends its request itself, and gets a name for it.</summary>
static class PushedApi
{
    static readonly string[] Credentials = ["client_secret", "client_assertion", "client_assertion_type", Reauthentication.Parameter];

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/application/o/par/", (Delegate)AnswerAsync);

    static async Task<IResult> AnswerAsync(HttpContext http, AuthenticateClient clients, CheckRequest check, PushedRequests requests)
    {
        var cancellation = http.RequestAborted;
        if (await OAuthForm.ReadAsync(http.Request, cancellation) is not { } form)
            return OAuthError.InvalidRequest("A form is expected, with each parameter once").ToResult(http);
        var (client, error) = await clients.ExecuteAsync(http, form, cancellation);
        if (error is not null)
            return (error with { Status = error.Code is "invalid_client" ? StatusCodes.Status401Unauthorized : error.Status }).ToResult(http);
        // RFC 9126 section 2.1: a pushed request names no other one.
        if (form["request_uri"] is not null)
            return OAuthError.InvalidRequest("The request_uri parameter cannot be pushed").ToResult(http);
        var values = form.All.Where(p => !Credentials.Contains(p.Key, StringComparer.Ordinal)).ToDictionary(StringComparer.Ordinal);
        values["client_id"] = client!.Id;
        var parameters = new AuthorizeParameters(values);
        var outcome = await check.ExecuteAsync(parameters, pushed: true, http, cancellation);
        if (outcome.Page is { } page)
            return OAuthError.InvalidRequest(page.Text).ToResult(http);
        if (outcome.Error is { } refused)
            return new OAuthError(refused.Code, refused.Description).ToResult(http);
        var body = new JsonObject { ["request_uri"] = await requests.AddAsync(client, parameters, cancellation), ["expires_in"] = (long)PushedRequests.Lifetime.TotalSeconds };
        return OAuthJson.Result(http, body, StatusCodes.Status201Created);
    }
}
