using Microsoft.Extensions.DependencyInjection;
using Postern.Expressions;
using Postern.Kernel.Values;
using Postern.Policies.Expressions;
using Postern.Policies.Expressions.Models;

namespace Postern.Flows.Expressions;

/// <summary>What expressions may import from <c>authentik.flows.models</c>.</summary>
static class FlowModels
{
    const string Module = "authentik.flows.models";

    static readonly ExpressionModel<Flow> Flow = new ExpressionModel<Flow>(FlowKind.Kind, "Flow", Module).Writes("authentication", "title", "name");

    public static IServiceCollection AddFlowExpressions(this IServiceCollection services)
    {
        services.AddExpressionModel(Flow);
        services.AddExpressionView<PlanView>();
        services.AddExpressionImport(Module, "FlowAuthenticationRequirement", Choices<FlowAuthentication>("FlowAuthenticationRequirement"));
        services.AddExpressionImport(Module, "FlowDesignation", Choices<FlowDesignation>("FlowDesignation"));
        return services;
    }

    /// <summary>An enum of the reference: its members in capitals, each with its wire name as value.</summary>
    static HostRecord Choices<T>(string name)
        where T : struct, Enum =>
        new(name, WireEnum<T>.All.ToDictionary(v => v.ToUpperInvariant(), v => (object?)v, StringComparer.Ordinal));
}
