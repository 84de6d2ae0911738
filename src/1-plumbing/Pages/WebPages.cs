using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Postern.Pages.Look;
using Postern.Pages.Static;

namespace Postern.Pages;

/// <summary>What pages need from a host: rendering, and the addresses of assets and of the theme choice.</summary>
public static class WebPages
{
    public static IServiceCollection AddWebPages(this IServiceCollection services)
    {
        services.AddRazorComponents();
        return services;
    }

    public static void MapWebPages(this IEndpointRouteBuilder routes)
    {
        AssetEndpoint.Map(routes);
        FixedFileEndpoint.Map(routes);
        ThemeEndpoint.Map(routes);
    }
}
