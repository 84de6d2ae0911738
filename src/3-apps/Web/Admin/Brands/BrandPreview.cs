using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Http;
using Postern.Brands;
using Postern.Pages;
using Postern.Storage.Objects;
using Postern.Web.Flow;
using Postern.Web.Shared;

namespace Postern.Web.Admin.Brands;

/// <summary>A sign-in page in the look of a brand, for those who make it. It signs nobody in.</summary>
static class BrandPreview
{
    static readonly JsonElement sample = JsonSerializer.SerializeToElement(new
    {
        component = "ak-stage-identification",
        flow_info = new { title = "Preview of the sign-in page", layout = "stacked" },
        user_fields = new[] { "username", "email" },
        password_fields = true,
        allow_show_password = true,
        primary_action = "Log in",
    });

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("system/brands/{pk}/preview/", ShowAsync);
        pages.MapPost("system/brands/{pk}/preview/", (HttpContext http) => ConsolePages.See(http, http.Request.Path));
    }

    static async Task<IResult> ShowAsync(HttpContext http, string pk, ObjectQuery objects, ShellFactory shells)
    {
        if (!(await objects.FindAsync(BrandKind.Kind, http.Caller(), pk, tracked: false, http.RequestAborted)).Succeeded(out var brand, out var fault))
            return await ConsolePages.ProblemAsync(http, fault.Message, ConsolePages.StatusOf(fault));
        return new PageResult<ChallengeView>(new { Shell = await shells.ForAsync(http, (Brand)brand, withMenu: false), Challenge = new Challenge(sample) }) { Policy = ContentPolicy.Flow };
    }
}
