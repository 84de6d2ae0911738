using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using Postern.Api;
using Postern.Kernel;
using Postern.Pages;
using Postern.Portal.Api;
using Postern.Portal.Looks;
using Postern.Portal.SignIn;

namespace Postern.Portal.Access;

/// <summary>Lets in who has the right that a door was declared with, and forms that are our own.</summary>
sealed class Gate : IRequestStep
{
    /// <summary>The hidden field of forms.</summary>
    public const string TokenField = "csrf";

    public int Order => 300;

    public void Use(IApplicationBuilder app) => app.Use(static async (http, next) =>
    {
        var (session, person) = await http.RequestServices.GetRequiredService<Sessions>().FindAsync(http);
        if (session is not null && person is not null)
            http.Features.Set(new Visitor(person, session));
        // What routing answers itself (405, 415) is no door.
        if (http.GetEndpoint() is not RouteEndpoint door || door.Metadata.GetMetadata<IAllowAnonymous>() is not null || await RefuseAsync(http, door) is not { } refusal)
            await next(http);
        else
            await refusal.ExecuteAsync(http);
    });

    static async Task<IResult?> RefuseAsync(HttpContext http, RouteEndpoint door)
    {
        var right = door.Metadata.GetMetadata<Needed>()?.Right ?? throw new InvalidOperationException($"{door.DisplayName} declares no right.");
        if (right is Right.Public)
            return null;
        if (right is Right.Token)
            return await http.RequestServices.GetRequiredService<TokenGate>().RefuseAsync(http, door.Metadata.GetMetadata<NeededScope>()!.Scope);
        var reads = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        if (http.VisitorOrNone() is not { } visitor)
            return new SeeOther(SignInPages.For(reads ? http.Request.Path + http.Request.QueryString : "/organizations"));
        if (!reads && !await IsOwnFormAsync(http, visitor.Session))
            return Problem.Page(http, "This form was not sent from a page of this portal, or that page is too old. Load it anew and try again.", StatusCodes.Status403Forbidden);
        if (right is Right.Support)
            return visitor.IsSupport ? null : Problem.Of(http, new Fault.NotFound("page"));
        return right is Right.SignedIn ? null : await RefuseSeatAsync(http, visitor, right, reads);
    }

    static async Task<IResult?> RefuseSeatAsync(HttpContext http, Visitor visitor, Right right, bool reads)
    {
        if (!Guid.TryParse(http.Request.RouteValues["org"]?.ToString(), out var organization))
            return Problem.Of(http, new Fault.NotFound("Organization"));
        var found = await http.RequestServices.GetRequiredService<FindSeat>().ExecuteAsync(visitor, http.Actor(), organization, right, changes: !reads, http.RequestAborted);
        if (!found.Succeeded(out var seat, out var fault))
            return Problem.Of(http, fault);
        http.Features.Set(seat);
        return null;
    }

    static async Task<bool> IsOwnFormAsync(HttpContext http, PortalSession session)
    {
        if (!http.Request.HasFormContentType)
            return false;
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(form[TokenField].ToString()), Encoding.UTF8.GetBytes(session.FormToken));
    }
}
