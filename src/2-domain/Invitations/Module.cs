using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Postern.Api;
using Postern.Flows.Plans;
using Postern.Flows.Running;
using Postern.Policies.Expressions;
using Postern.Storage;

namespace Postern.Invitations;

/// <summary>Wires invitations.</summary>
public sealed class Module : IModule
{
    public void Register(IServiceCollection services)
    {
        services.AddKind(InvitationKind.Kind);
        services.AddStage<InvitationStage, RunInvitation>(InvitationStage.Kind);
        services.AddScoped<IPlanValue, InvitationPlanValue>();
        services.AddScoped<ConsumeInvitation>();
        services.AddScoped<IFlowCompletion>(s => s.GetRequiredService<ConsumeInvitation>());
        services.AddExpressionModel(InvitationModel.Model);
        services.AddScoped<SendInvitation>();
    }

    public void Map(IEndpointRouteBuilder routes) => InvitationApi.Map(routes);
}
