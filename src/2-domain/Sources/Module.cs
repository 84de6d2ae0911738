using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Postern.Api;
using Postern.Flows.Plans;
using Postern.Flows.Running;
using Postern.Policies.Bindings;
using Postern.Policies.Expressions;
using Postern.Policies.Expressions.Models;
using Postern.Sources.Buttons;
using Postern.Sources.Connections;
using Postern.Sources.Matching;
using Postern.Sources.OAuth;
using Postern.Sources.Protocol;
using Postern.Stages.Identification;
using Postern.Storage;
using Postern.Storage.Snapshots;

namespace Postern.Sources;

/// <summary>Wires sources: places elsewhere that people sign in with.</summary>
public sealed class Module : IModule
{
    public void Register(IServiceCollection services)
    {
        services.AddKind(SourceKind.Kind).AddKind(OAuthSourceKind.Kind).AddKind(OAuthSourceKind.Mapping).AddKind(ConnectionKinds.All).AddKind(ConnectionKinds.OAuth);
        services.AddPolicyTarget(SourceKind.Kind);
        services.AddExpressionModel(new ExpressionModel<OAuthSource>(OAuthSourceKind.Kind, "OAuthSource", "authentik.sources.oauth.models"));
        services.AddSingleton(s => SourcePicture.Watch(s.GetRequiredService<SnapshotHub>(), s.GetRequiredService<IServiceScopeFactory>()));
        services.AddScoped<IOtherWays, ShowSources>();

        services.AddHttpContextAccessor();
        services.AddSingleton<SourceHttp>().AddSingleton<FindEndpoints>().AddSingleton<CheckIdToken>();
        services.AddScoped<Attempts>().AddScoped<BeginSignIn>().AddScoped<RedeemCode>().AddScoped<SignInWithSource>();

        services.AddScoped<Connect>().AddScoped<MatchUser>().AddScoped<MapProfile>().AddScoped<EnterSource>();
        services.AddStage<LinkStage, RunLink>(LinkStage.Kind);
        services.AddScoped<CompleteLink>().AddScoped<IFlowCompletion>(s => s.GetRequiredService<CompleteLink>());
        services.AddScoped<IPlanValue, SourcePlanValue>().AddScoped<IPlanValue, ConnectionPlanValue>();
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        SourcesApi.Map(routes);
        LoginApi.Map(routes);
    }
}
