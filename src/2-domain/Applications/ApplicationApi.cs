using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Document;
using Postern.Api.Http;
using Postern.Api.Kinds;
using Postern.Applications.Access;
using Postern.Kernel;
using Postern.Policies.Engine;
using Postern.Storage;
using Postern.Storage.Kinds;

namespace Postern.Applications;

/// <summary>Doors of applications beyond CRUD.</summary>
static class ApplicationApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var applications = routes.MapGroup("/api/v3/core/applications/");
        applications.MapGet("", ListAsync).WithMetadata(new KindDoor(ApplicationKind.Kind, Verbs.List));
        applications.MapGet("{slug}/check_access/", CheckAsync)
            .Note("Tells whether a user may use the application, and why.", answer: "PolicyTestResult", query: "for_user:int?");
    }

    static async Task<IResult> ListAsync(HttpContext http, ListApplications list, IPageLimits limits, PosternDb db)
    {
        if (!(await ListParameters.ReadAsync(http.Request.Query, limits, http.RequestAborted)).Succeeded(out var parameters, out var malformed))
            return FaultResult.Of(malformed);
        if (!ForUser(http).Succeeded(out var user, out var wrong))
            return FaultResult.Of(wrong);
        var request = new ApplicationListRequest(parameters) { ForUser = user, OnlyWithLaunchUrl = Flag(http, "only_with_launch_url"), SuperuserFullList = Flag(http, "superuser_full_list") };
        var listed = await list.ExecuteAsync(http.Caller(), request, HttpFacts.Of(http, http.Caller().ClientIp), http.RequestAborted);
        if (!listed.Succeeded(out var page, out var fault))
            return FaultResult.Of(fault);
        var loading = new LoadContext(db, http.Caller(), http.RequestServices, http.RequestAborted);
        return PageEnvelope.Of(page, await Rendered.PageAsync(ApplicationKind.Kind, page.Items, loading));
    }

    static async Task<IResult> CheckAsync(HttpContext http, string slug, CheckAccess check, TraceBindings trace)
    {
        if (!ForUser(http).Succeeded(out var user, out var wrong))
            return FaultResult.Of(wrong);
        var checked_ = await check.ExecuteAsync(http.Caller(), slug, user, HttpFacts.Of(http, http.Caller().ClientIp), http.RequestAborted);
        if (!checked_.Succeeded(out var report, out var fault))
            return FaultResult.Of(fault);
        var lines = report.ShowsWhy ? await trace.OfAsync(report.Result, http.RequestAborted) : [];
        return new WireJson(writer => AccessAnswer.Write(writer, report, lines));
    }

    static Result<int?> ForUser(HttpContext http) => http.Request.Query["for_user"].ToString() switch
    {
        "" => (int?)null,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var pk) => pk,
        _ => Fault.Field("for_user", "for_user must be numerical"),
    };

    static bool Flag(HttpContext http, string name) => string.Equals(http.Request.Query[name].ToString(), "true", StringComparison.OrdinalIgnoreCase);
}
