using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Postern.Api.Http;
using Postern.Brands;
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

namespace Postern.OAuth2.Device;

/// <summary>The two doors of device authorization (RFC 8628): the device's own, and the page where a person enters its code.</summary>
static class DeviceApi
{
    const string GrantName = "urn:ietf:params:oauth:grant-type:device_code";
    const string UsualFlow = "default-device-code-flow";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/application/o/device/", (Delegate)BeginAsync);
        routes.MapGet("/device", (Delegate)EnterAsync);
    }

    static async Task<IResult> BeginAsync(HttpContext http, AuthenticateClient clients, DeviceCodes codes, Issuer issuer)
    {
        var cancellation = http.RequestAborted;
        if (await OAuthForm.ReadAsync(http.Request, cancellation) is not { } form)
            return OAuthError.InvalidRequest("A form is expected, with each parameter once").ToResult(http);
        if (await clients.NamedAsync(http, form, cancellation) is not { } client || (form["client_secret"] is { } secret && !client.IsSecret(secret)))
            return OAuthError.InvalidClient.ToResult(http);
        if (!client.May(GrantName))
            return OAuthError.UnauthorizedClient.ToResult(http);
        var scope = client.Grantable((form["scope"] ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries));
        if (await codes.AddAsync(client, scope, http.Caller().ClientIp, cancellation) is not { } made)
            return new OAuthError("slow_down", "Too many devices from this address. Try again later.", StatusCodes.Status429TooManyRequests).ToResult(http);
        var page = $"{await issuer.BaseAsync(http, cancellation)}/device";
        return OAuthJson.Result(http, new JsonObject
        {
            ["device_code"] = made.DeviceCode,
            ["user_code"] = made.UserCode,
            ["verification_uri"] = page,
            ["verification_uri_complete"] = $"{page}?code={made.UserCode}",
            ["expires_in"] = (long)made.Lifetime.TotalSeconds,
            ["interval"] = (long)DeviceCodes.Interval.TotalSeconds,
        });
    }

    static async Task<IResult> EnterAsync(HttpContext http, PosternDb db, Snapshot<BrandPicture> brands, Snapshot<FlowPicture> flows, DefaultFlows defaults, EnterFlow enter)
    {
        var cancellation = http.RequestAborted;
        var picture = await flows.GetAsync(cancellation);
        var chosen = (await brands.GetAsync(cancellation)).For(http.Request.Host.Host).FlowDeviceCode;
        if ((chosen is { } pk ? picture.Find(pk) : picture.Find(UsualFlow)) is not { } flow)
            return Results.NotFound();
        var user = http.Caller().UserPk is { } own ? await db.Set<User>().FirstOrDefaultAsync(u => u.Pk == own, cancellation) : null;
        if (user is null)
        {
            return await defaults.FindAsync(http, FlowDesignation.Authentication, cancellation) is { } signIn
                ? Results.Redirect(QueryHelpers.AddQueryString($"/if/flow/{signIn.Slug}/", "next", $"/device{http.Request.QueryString}"))
                : Results.NotFound();
        }
        var entered = await enter.ExecuteAsync(
            http, flow.Pk, user, new PlanContext(), (plan, _) => plan.Append(new DeviceCodeStage { Code = http.Request.Query["code"].ToString() is { Length: < 40 } code && !code.Contains('\0', StringComparison.Ordinal) ? code : "" }), _ => true, cancellation);
        return entered.Succeeded(out var first, out var fault) ? Results.Redirect(first.Answer.RedirectTo ?? first.Page) : ErrorPage.Denied(fault.Message).ToResult();
    }
}
