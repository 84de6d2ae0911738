using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Postern.Api;
using Postern.Blueprints.Exporting;
using Postern.Brands;
using Postern.Directory.Sessions;
using Postern.Flows.Bindings;
using Postern.Flows.Designing;
using Postern.Flows.Expressions;
using Postern.Flows.Inspecting;
using Postern.Flows.Plans;
using Postern.Flows.Running;
using Postern.Flows.Setup;
using Postern.Flows.Simulating;
using Postern.Flows.Versions;
using Postern.Kernel.Access;
using Postern.Policies;
using Postern.Policies.Bindings;
using Postern.Policies.Engine;
using Postern.Policies.Expressions;
using Postern.Storage;
using Postern.Storage.Objects;
using Postern.Storage.Snapshots;

namespace Postern.Flows;

/// <summary>Wires flows: kinds, planner, executor.</summary>
public sealed class Module : IModule
{
    public void Register(IServiceCollection services)
    {
        services.AddKind(FlowKind.Kind).AddKind(StageKind.Kind).AddKind(FlowStageBindingKind.Kind);
        services.AddPolicyTarget(FlowKind.Kind).AddPolicyTarget(FlowStageBindingKind.Kind);
        services.AddExportPart(FlowKind.Kind, FlowStageBindingKind.Kind, "target").AddExportReference(FlowStageBindingKind.Kind, "stage", StageKind.Kind)
            .AddExportPart(FlowKind.Kind, PolicyBindingKind.Kind, "target").AddExportPart(FlowStageBindingKind.Kind, PolicyBindingKind.Kind, "target")
            .AddExportReference(PolicyBindingKind.Kind, "policy", PolicyKind.Kind);
        services.AddStage<RedirectOnce, RunRedirectOnce>(RedirectOnce.Kind);
        services.AddSingleton(s => FlowPicture.Watch(s.GetRequiredService<SnapshotHub>(), s.GetRequiredService<IServiceScopeFactory>()));
        services.AddScoped<IPlanValue, UserPlanValue>();
        services.AddSingleton<DefaultFlows>();
        services.AddSingleton<IFlowSlugs>(s => s.GetRequiredService<DefaultFlows>());
        services.AddScoped<PlanJson>();
        services.AddScoped<IFlowSessions, FlowSessions>();
        services.AddScoped<StageDoors>();
        services.AddScoped<SessionPlans>();
        services.AddScoped<PlanFlow>();
        services.AddScoped<FlowEnd>();
        services.AddScoped(s => new FlowTokens(s.GetRequiredService<PosternDb>(), s.GetRequiredService<PlanJson>(), s.GetRequiredService<TimeProvider>()));
        services.AddScoped(s => new FlowSteps(
            s.GetRequiredService<PlanFlow>(), s.GetRequiredService<SessionPlans>(), s.GetRequiredService<FlowTokens>(), s.GetRequiredService<StageDoors>(),
            s.GetRequiredService<PolicyEngine>(), s.GetRequiredService<FlowEnd>(), s.GetRequiredService<IFlowSessions>()));
        services.AddScoped(s => new SwitchFlow(
            s.GetRequiredService<Snapshot<FlowPicture>>(), s.GetRequiredService<PlanFlow>(), s.GetRequiredService<SessionPlans>(), s.GetRequiredService<IFlowSessions>()));
        services.AddScoped<ExecuteFlow>().AddScoped<DrawFlow>().AddScoped<StartFlow>();
        services.AddScoped<CheckFlow>().AddScoped<MoveStage>().AddSingleton<IFlowCheck, CheckReach>().AddSingleton<IFlowCheck, CheckBrands>();
        services.AddScoped<TakeVersion>().AddScoped<IObjectObserver, KeepVersions>().AddScoped<IStartTask, KeepFirstVersions>().AddScoped<ReadVersions>().AddScoped<RevertFlow>();
        services.AddScoped<SimulateBindings>();
        services.AddScoped(s => new SimulateFlow(
            s.GetRequiredService<PosternDb>(), s.GetRequiredService<ObjectQuery>(), s.GetRequiredService<IAccess>(), s.GetRequiredService<Snapshot<FlowPicture>>(),
            s.GetRequiredService<PlanFlow>(), s.GetRequiredService<SimulateBindings>()));
        services.AddScoped<ShowContext>();
        services.AddScoped(s => new InspectFlow(
            s.GetRequiredService<IAccess>(), s.GetRequiredService<Snapshot<FlowPicture>>(), s.GetRequiredService<BrowserSession>(), s.GetRequiredService<SessionPlans>(),
            s.GetRequiredService<ShowContext>()));
        services.AddScoped<SetupLink>().AddExpressionFunction<SetupCompleted>();
        services.AddScoped<IStartNotice>(s => s.GetRequiredService<SetupLink>());
        services.AddScoped<IFlowCompletion>(s => s.GetRequiredService<SetupLink>());
        services.AddScoped(s => new EnterFlow(
            s.GetRequiredService<PosternDb>(), s.GetRequiredService<Snapshot<FlowPicture>>(), s.GetRequiredService<PlanFlow>(), s.GetRequiredService<SessionPlans>(),
            s.GetRequiredService<IFlowSessions>(), s.GetRequiredService<ExecuteFlow>()));
        services.AddFlowExpressions().AddTenantMembers();
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        ExecutorApi.Map(routes);
        EntryApi.Map(routes);
        ExportApi.Map(routes);
        CacheApi.Map(routes);
        DiagramApi.Map(routes);
        DesignApi.Map(routes);
        SimulateApi.Map(routes);
        VersionsApi.Map(routes);
        InspectorApi.Map(routes);
        ConfigureApi.Map(routes);
        SetupApi.Map(routes);
    }
}
