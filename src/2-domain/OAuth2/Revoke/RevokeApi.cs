using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.OAuth2.Clients;
using Postern.OAuth2.Http;
using Postern.OAuth2.Tokens;
using Postern.OAuth2.Userinfo;

namespace Postern.OAuth2.Revoke;

/// <summary>The revocation endpoint (RFC 7009): a client gives a token back. With a refresh token goes everything that came of the same grant (section 2.1).</summary>
static class RevokeApi
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/application/o/revoke/", (Delegate)AnswerAsync);

    static async Task<IResult> AnswerAsync(HttpContext http, AuthenticateClient clients, FindToken find, TokenStore store)
    {
        var cancellation = http.RequestAborted;
        if (await OAuthForm.ReadAsync(http.Request, cancellation) is not { } form)
            return OAuthError.InvalidRequest("A form is expected, with each parameter once").ToResult(http);
        var (client, error) = await clients.ExecuteAsync(http, form, cancellation);
        if (error is not null)
            return (error with { Status = error.Code is "invalid_client" ? StatusCodes.Status401Unauthorized : error.Status }).ToResult(http);
        if (form["token"] is not { } token)
            return OAuthError.InvalidRequest("The token parameter is missing").ToResult(http);
        if (await find.ExecuteAsync(token, cancellation) is { } access && access.ProviderId == client!.Provider.Id)
            await store.RevokeAccessTokenAsync(access.Id, cancellation);
        else if (await find.RefreshAsync(token, cancellation) is { } refresh && refresh.ProviderId == client!.Provider.Id)
            await store.RevokeGrantAsync(refresh.Grant, cancellation);
        return OAuthJson.Result(http, []);
    }
}
