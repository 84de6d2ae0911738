using Microsoft.AspNetCore.Http.Extensions;
using Postern.Kernel;
using Postern.Pages;
using Postern.Portal.Access;
using Postern.Portal.Hosting;
using Postern.Portal.Looks;
using Postern.Storage.Sealing;

namespace Postern.Portal.SignIn;

/// <summary>The way to the provider and back: authorization code flow with PKCE (RFC 6749 section 4.1, RFC 7636), sign-up, sign-out.</summary>
static class SignInPages
{
    public const string Path = "/sign-in/";
    const string Callback = "/sign-in/callback/";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, (HttpContext http, Provider provider, PortalSettings settings, Links links, Seal seal, TimeProvider clock) => BeginAsync(http, provider, settings, links, seal, clock, signUp: false)).Needs(Right.Public);
        routes.MapGet("/signup", (HttpContext http, Provider provider, PortalSettings settings, Links links, Seal seal, TimeProvider clock) => BeginAsync(http, provider, settings, links, seal, clock, signUp: true)).Needs(Right.Public);
        routes.MapGet(Callback, FinishAsync).Needs(Right.Public);
        routes.MapPost("/sign-out/", LeaveAsync).Needs(Right.SignedIn);
        routes.MapPost("/sign-in/back-channel/", HearAsync).Needs(Right.Public).DisableAntiforgery();
    }

    /// <summary>Where somebody is sent who has to sign in first.</summary>
    public static string For(string next) => $"{Path}?next={Uri.EscapeDataString(next)}";

    static async Task<IResult> BeginAsync(HttpContext http, Provider provider, PortalSettings settings, Links links, Seal seal, TimeProvider clock, bool signUp)
    {
        if (!(await provider.KnowAsync(anew: false, http.RequestAborted)).Succeeded(out var known, out var fault))
            return Problem.Page(http, fault.Message, StatusCodes.Status502BadGateway);
        var next = http.Request.Query["next"].ToString();
        var attempt = SignInAttempt.Begin(LocalPath.IsLocal(next) ? next : "/organizations", clock.GetUtcNow());
        attempt.Keep(http, seal);
        var authorize = new UriBuilder(known.Endpoint("authorization_endpoint"))
        {
            Query = new QueryBuilder
            {
                { "response_type", "code" },
                { "client_id", settings.ClientId },
                { "redirect_uri", links.To(http, Callback) },
                { "scope", "openid profile email" },
                { "state", attempt.State },
                { "nonce", attempt.Nonce },
                { "code_challenge", attempt.Challenge },
                { "code_challenge_method", "S256" },
            }.ToString(),
        }.Uri;
        // The enrolment flow goes on to the authorization, and so comes back signed in.
        return Results.Redirect(signUp ? $"{settings.SignUpUrl}?next={Uri.EscapeDataString(authorize.PathAndQuery)}" : authorize.AbsoluteUri);
    }

    static async Task<IResult> FinishAsync(HttpContext http, Provider provider, CheckIdToken check, Sessions sessions, PortalSettings settings, Links links)
    {
        var seal = http.RequestServices.GetRequiredService<Seal>();
        var query = http.Request.Query;
        var attempt = SignInAttempt.Take(http, seal, http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
        if (attempt is null || !string.Equals(query["state"], attempt.State, StringComparison.Ordinal))
            return Problem.Page(http, "This sign-in was not begun in this browser, or long ago. Please sign in again.", StatusCodes.Status400BadRequest);
        if (query["error"].ToString() is { Length: > 0 } error)
            return Problem.Page(http, query["error_description"].ToString() is { Length: > 0 } why ? why : $"The provider refused the sign-in: {error}.", StatusCodes.Status403Forbidden);
        if (!(await provider.RedeemAsync(query["code"].ToString(), attempt.Verifier, links.To(http, Callback), http.RequestAborted)).Succeeded(out var token, out var fault)
            || !(await check.IdTokenAsync(token, attempt.Nonce, http.RequestAborted)).Succeeded(out var claims, out fault))
            return Problem.Page(http, fault.Message, StatusCodes.Status502BadGateway);
        var identity = ProviderIdentity.Of(claims, token);
        if (identity.Subject.Length == 0 || identity.Email.Length == 0)
            return Problem.Page(http, "Your account has no e-mail address. Add one, then sign in again.", StatusCodes.Status403Forbidden);
        await sessions.OpenAsync(http, identity, settings.SupportGroup.Length > 0 && identity.Groups.Contains(settings.SupportGroup, StringComparer.Ordinal));
        return new SeeOther(attempt.Next);
    }

    static async Task<IResult> LeaveAsync(HttpContext http, Sessions sessions, Provider provider, Links links)
    {
        var idToken = await sessions.EndAsync(http);
        if (idToken is null || !(await provider.KnowAsync(anew: false, http.RequestAborted)).Succeeded(out var known, out _) || known.EndpointOrNone("end_session_endpoint") is not { } end)
            return new SeeOther("/");
        var query = new QueryBuilder { { "id_token_hint", idToken }, { "post_logout_redirect_uri", links.To(http, "/") } };
        return new SeeOther(end.AbsoluteUri + query);
    }

    static async Task<IResult> HearAsync(HttpContext http, CheckIdToken check, Sessions sessions)
    {
        http.Response.Headers.CacheControl = "no-store";
        var token = http.Request.HasFormContentType ? (await http.Request.ReadFormAsync(http.RequestAborted))["logout_token"].ToString() : "";
        if (!(await check.LogoutTokenAsync(token, http.RequestAborted)).Succeeded(out var claims, out var fault))
            return Results.Json(new { error = "invalid_request", error_description = fault.Message }, statusCode: StatusCodes.Status400BadRequest);
        await sessions.EndByProviderAsync(claims["sub"]?.ToString() ?? "", claims["sid"]?.ToString() ?? "", http.RequestAborted);
        return Results.Ok();
    }
}
