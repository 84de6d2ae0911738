using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Postern.OAuth2.Clients;
using Postern.OAuth2.Device;
using Postern.OAuth2.Http;

namespace Postern.OAuth2.Token;

/// <summary>The token endpoint (RFC 6749 section 3.2).</summary>
static class TokenApi
{
    const string DeviceGrant = "urn:ietf:params:oauth:grant-type:device_code";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/application/o/token/", (Delegate)AnswerAsync);

    static async Task<IResult> AnswerAsync(HttpContext http) => (await DecideAsync(http, http.RequestAborted)).ToResult(http);

    static async Task<TokenOutcome> DecideAsync(HttpContext http, CancellationToken cancellation)
    {
        if (await OAuthForm.ReadAsync(http.Request, cancellation) is not { } form)
            return OAuthError.InvalidRequest("A form is expected, with each parameter once");
        if (form["grant_type"] is not { } type)
            return OAuthError.InvalidRequest("The grant_type parameter is missing");
        var services = http.RequestServices;
        if (type is not ("authorization_code" or "refresh_token" or "client_credentials" or "password" or DeviceGrant or TokenExchange.Grant))
            return OAuthError.UnsupportedGrantType;
        var (key, refused) = await services.GetRequiredService<CheckProof>().ExecuteAsync(http, accessToken: null, cancellation);
        if (refused is not null)
            return refused;
        if (type is "client_credentials" or "password")
            return await services.GetRequiredService<ClientCredentials>().ExecuteAsync(form, type, key, http, cancellation);
        var (client, error) = await services.GetRequiredService<AuthenticateClient>().ExecuteAsync(http, form, cancellation);
        if (error is not null)
            return error;
        if (!client!.May(type) && !(type is "authorization_code" && client.May("hybrid")))
            return OAuthError.UnauthorizedClient;
        var call = new TokenCall(client, form, key, http);
        return type switch
        {
            "refresh_token" => await services.GetRequiredService<RefreshTokens>().ExecuteAsync(call, cancellation),
            TokenExchange.Grant => await services.GetRequiredService<TokenExchange>().ExecuteAsync(call, cancellation),
            DeviceGrant => await services.GetRequiredService<RedeemDeviceCode>().ExecuteAsync(call, cancellation),
            _ => await services.GetRequiredService<RedeemCode>().ExecuteAsync(call, cancellation),
        };
    }
}
