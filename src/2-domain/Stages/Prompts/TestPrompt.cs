using System.Text.Json.Nodes;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Policies.Expressions;
using Postern.Policies.Testing;

namespace Postern.Stages.Prompts;

/// <summary>Tries an expression of a prompt (placeholder or choices, or the initial value) for a user; the context stands for the answers given so far.</summary>
public sealed class TestPrompt(TryExpression trial)
{
    /// <summary>Faults: as <see cref="TryExpression"/>.</summary>
    public Task<Result<ExpressionTrial>> ExecuteAsync(Caller caller, string lookup, bool isInitialValue, TrialSubject subject, CancellationToken cancellation) =>
        trial.ExecuteAsync(caller, PromptKind.Kind, lookup, entity => Expression((Prompt)entity, isInitialValue), subject, cancellation);

    static TriedExpression Expression(Prompt prompt, bool isInitialValue) =>
        new(prompt.Name, isInitialValue ? prompt.InitialValue : prompt.Placeholder, ExpressionUse.Prompt, Variables);

    static Dictionary<string, object?> Variables(JsonObject context) => new(StringComparer.Ordinal) { ["prompt_context"] = context };
}
