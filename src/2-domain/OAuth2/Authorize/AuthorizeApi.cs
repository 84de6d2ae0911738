using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.OAuth2.Pushed;

namespace Postern.OAuth2.Authorize;

/// <summary>The authorization endpoint (RFC 6749 section 3.1).</summary>
static class AuthorizeApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(SignInFirst.Path, GetAsync);
        routes.MapPost(SignInFirst.Path, (Delegate)PostAsync);
    }

    static async Task<IResult> GetAsync(HttpContext http, CheckRequest check, AnswerRequest authorize, PushedRequests pushed, AuthorizeAnswer answers)
    {
        var cancellation = http.RequestAborted;
        var parameters = await AuthorizeParameters.ReadAsync(http.Request, cancellation);
        var requestUri = "";
        if (parameters["request_uri"] is { } uri && PushedRequests.IsOne(uri))
        {
            if (await pushed.FindAsync(uri, parameters, cancellation) is not { } found)
                return new ErrorPage("Request Error", AuthorizeError.InvalidRequestUri.Description).ToResult();
            (parameters, requestUri) = (found, uri);
        }
        var outcome = await check.ExecuteAsync(parameters, requestUri.Length > 0, http, cancellation);
        if (outcome.Page is { } page)
            return page.ToResult();
        return outcome.Error is { } error
            ? AuthorizeAnswer.ToResult(await answers.ErrorAsync(outcome.Request!, error, http, cancellation), http)
            : await authorize.ExecuteAsync(outcome.Request!, requestUri, http, cancellation);
    }

    /// <summary>A form from another site comes without the session's cookie (SameSite); the same request as a link comes with it.</summary>
    static async Task<IResult> PostAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType)
            return new ErrorPage("Request Error", "The request is not a form.").ToResult();
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        // Repeated parameters stay repeated, so that they are refused there.
        http.Response.Headers.Location = $"{SignInFirst.Path}{QueryString.Create(form.Concat(http.Request.Query))}";
        http.Response.Headers.CacheControl = "no-store";
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }
}
