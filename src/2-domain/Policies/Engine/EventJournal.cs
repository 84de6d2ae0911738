using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Postern.Events;
using Postern.Events.Recording;
using Postern.Policies.Bindings;
using Postern.Storage.Opening;

namespace Postern.Policies.Engine;

/// <summary>Records as events what policies did, in transactions of their own: an asker that is refused rolls nothing of it back.</summary>
sealed class EventJournal(IServiceScopeFactory scopes) : IPolicyJournal
{
    const string App = "authentik.policies";

    public ValueTask FailedAsync(Policy policy, PolicyBinding? binding, PolicyRequest request, string message, CancellationToken cancellation)
    {
        var context = Context("Policy failed to execute", policy, binding, request);
        context["exception"] = message;
        return SaveAsync(EventAction.PolicyException, context, request, cancellation);
    }

    public ValueTask ExecutedAsync(Policy policy, PolicyBinding? binding, PolicyRequest request, PolicyOutcome outcome, CancellationToken cancellation)
    {
        var context = Context("Policy Execution", policy, binding, request);
        context["result"] = new JsonObject
        {
            ["passing"] = outcome.Passing,
            ["messages"] = new JsonArray([.. outcome.Verdict.Messages.Select(m => JsonValue.Create(m))]),
        };
        return SaveAsync(EventAction.PolicyExecution, context, request, cancellation);
    }

    async ValueTask SaveAsync(EventAction action, JsonObject context, PolicyRequest request, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope(Pool.Beside);
        await scope.ServiceProvider.GetRequiredService<RecordEvent>().SaveAsync(request.Caller, action, App, context, actor: null, cancellation);
    }

    static JsonObject Context(string message, Policy policy, PolicyBinding? binding, PolicyRequest request) => new()
    {
        ["message"] = message,
        ["policy_uuid"] = policy.Pk.ToString("N"),
        ["policy"] = ObjectPart.Of(PolicyKind.Kind, policy),
        ["binding"] = binding is null ? null : ObjectPart.Of(PolicyBindingKind.Kind, binding),
        ["request"] = new JsonObject
        {
            ["user"] = request.User is { } user ? EventActor.Of(user.Pk, user.Username, user.Email) : null,
            ["context"] = new JsonArray([.. request.Context.Keys.Order(StringComparer.Ordinal).Select(k => JsonValue.Create(k))]),
        },
    };
}
