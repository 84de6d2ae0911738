using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Http;
using Postern.Directory.Sessions;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Pages;
using Postern.Web.Admin;
using Postern.Web.Shared;

namespace Postern.Web.User.Settings;

/// <summary>The pages on which people look after their own account.</summary>
static class AccountPages
{
    public const string Root = "/if/user/settings/";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup(Root).AddEndpointFilter(GuardAsync);
        DevicePages.Map(pages);
        SessionPages.Map(pages);
        TokenPages.Map(pages);
        ConsentPages.Map(pages);
        ConnectedAccountPages.Map(pages);
    }

    /// <summary>Everybody as the owner of their own things and no more, so that an administrator's rights change nothing here.</summary>
    public static Caller Owner(HttpContext http) => http.Caller() with { IsSuperuser = false, Roles = [] };

    public static Task<IResult> RefusedAsync(HttpContext http, Fault fault) => ConsolePages.ProblemAsync(http, fault.Message, ConsolePages.StatusOf(fault));

    /// <summary>Only people who are signed in; a form only when it came from our own page.</summary>
    public static async ValueTask<object?> GuardAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.Caller().UserPk is null)
            return Results.Redirect($"/flows/-/default/authentication/?next={Uri.EscapeDataString(http.Request.Path + http.Request.QueryString)}");
        if (HttpMethods.IsPost(http.Request.Method))
        {
            if (!http.Request.HasFormContentType)
                return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            if (!CsrfCheck.Fits(http, form[ShellFactory.TokenField].ToString()))
                return await ConsolePages.ProblemAsync(http, "This form is out of date. Go back, reload the page and send it again.", StatusCodes.Status403Forbidden);
        }
        return await next(context);
    }
}
