using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Postern.Api;
using Postern.Directory.Groups;
using Postern.Directory.Tokens;
using Postern.Directory.Users;
using Postern.Storage;

namespace Postern.Directory;

/// <summary>Wires the directory: users, groups, tokens, sessions.</summary>
public sealed class Module : IModule
{
    public void Register(IServiceCollection services)
    {
        services.AddSingleton<ITables, Tables>();
        services.AddKind(UserKind.Kind).AddKind(GroupKind.Kind).AddKind(TokenKind.Kind);
    }

    public void Map(IEndpointRouteBuilder routes)
    {
    }
}
