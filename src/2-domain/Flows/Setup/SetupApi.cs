using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Postern.Flows.Setup;

/// <summary>The door of the setup link: leads into the initial setup, and from there to the console.</summary>
static class SetupApi
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/setup/", Enter);

    static IResult Enter(HttpContext http) =>
        Results.Redirect($"/if/flow/{SetupLink.FlowSlug}/?flow_token={Uri.EscapeDataString(http.Request.Query["token"].ToString())}&next=%2Fif%2Fadmin%2F");
}
