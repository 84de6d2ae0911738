using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Postern.Api;
using Postern.Api.Http;

namespace Postern.Directory.Sessions;

/// <summary>Tells every request who sent it: by API token, by session, or nobody. API calls with bad credentials end here.</summary>
sealed class SignInStep : IRequestStep
{
    public int Order => 200;

    public void Use(IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (http.Request.IsSameForEverybody() || await RefusalAsync(http) is not { } refusal)
            await next(http);
        else
            await refusal.ExecuteAsync(http);
    });

    static async Task<IResult?> RefusalAsync(HttpContext http)
    {
        http.SetCaller(FindCaller.Nobody(http));
        var isApi = http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal);
        if (isApi && await BearerToken.SignInAsync(http, http.RequestAborted) is { } outcome)
            return outcome.Fault is { } fault ? FaultResult.Of(fault) : null;
        if (http.RequestServices.GetRequiredService<SessionCookies>().Key(http) is not { } key)
            return null;
        var signedIn = await SessionSignIn.ExecuteAsync(http, key, http.RequestAborted);
        return isApi && signedIn && CsrfCheck.Refusal(http) is { } bad ? FaultResult.Of(bad) : null;
    }
}
