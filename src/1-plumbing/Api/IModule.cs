using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Postern.Api;

/// <summary>A slice's one wiring point: what it registers and which doors it opens beyond those of its kinds.</summary>
public interface IModule
{
    void Register(IServiceCollection services);

    void Map(IEndpointRouteBuilder routes);
}
