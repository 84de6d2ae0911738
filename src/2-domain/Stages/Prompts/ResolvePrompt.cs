using System.Collections;
using Microsoft.Extensions.Logging;
using Postern.Flows.Running;
using Postern.Policies.Expressions;

namespace Postern.Stages.Prompts;

/// <summary>Fills in what a prompt shows to this person: choices, placeholder, initial value.</summary>
sealed class ResolvePrompt(ExpressionRunner expressions, ILogger<ResolvePrompt> log)
{
    /// <summary>What came before in the flow (an invitation, a source) is the initial value; else the prompt's own, evaluated where it is an expression.</summary>
    public async ValueTask<ResolvedPrompt> ExecuteAsync(Prompt prompt, StageRun run, CancellationToken cancellation)
    {
        var choices = prompt.Type.IsChoice() ? PromptChoice.List(await ChoicesAsync(prompt, run, cancellation)) : null;
        var placeholder = choices is not null ? null : await ValueAsync(prompt, prompt.Placeholder, prompt.PlaceholderExpression, run, cancellation);
        var initial = run.Context.HasPromptData && run.Context.PromptData.TryGetValue(prompt.FieldKey, out var earlier)
            ? earlier
            : Nested(run, prompt.FieldKey) ?? await ValueAsync(prompt, prompt.InitialValue, prompt.InitialValueExpression, run, cancellation);
        if (choices is { Count: > 0 } && !choices.Any(c => string.Equals(c.Value, PromptText.Of(initial), StringComparison.Ordinal)))
            initial = choices[0].Value;
        return new ResolvedPrompt(prompt, initial, PromptText.Of(placeholder), choices);
    }

    // "attributes.department" finds what an invitation gave as attributes: {department: ...}.
    static object? Nested(StageRun run, string key)
    {
        if (!run.Context.HasPromptData || !key.Contains('.', StringComparison.Ordinal))
            return null;
        object? value = run.Context.PromptData;
        foreach (var part in key.Split('.'))
            value = value is IDictionary<string, object?> map && map.TryGetValue(part, out var inner) ? inner : null;
        return value;
    }

    async ValueTask<object?> ChoicesAsync(Prompt prompt, StageRun run, CancellationToken cancellation) =>
        run.Context.HasPromptData && run.Context.PromptData.TryGetValue($"{prompt.FieldKey}__choices", out var given)
            ? given
            : await ValueAsync(prompt, prompt.Placeholder, prompt.PlaceholderExpression, run, cancellation);

    async ValueTask<object?> ValueAsync(Prompt prompt, string text, bool isExpression, StageRun run, CancellationToken cancellation)
    {
        if (!isExpression)
            return text;
        var result = await expressions.RunAsync(text, new ExpressionInput
        {
            Name = prompt.Name,
            Use = ExpressionUse.Prompt,
            Request = run.ForPolicies(prompt),
            Variables = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["prompt_context"] = run.Context.HasPromptData ? run.Context.PromptData : new Dictionary<string, object?>(StringComparer.Ordinal),
                ["user"] = run.PendingUser,
            },
        }, cancellation);
        if (result.Error is not { } error)
            return result.Value;
        log.PromptFailed(prompt.Name, error.Message, error.Line);
        return text;
    }
}

/// <summary>A prompt as one person sees it.</summary>
sealed record ResolvedPrompt(Prompt Prompt, object? Initial, string Placeholder, IReadOnlyList<PromptChoice>? Choices)
{
    public bool HasInitial => Initial is not null and not "" and not false;
}

/// <summary>One choice.</summary>
sealed record PromptChoice(string Value, string Label)
{
    /// <summary>A list of scalars or <c>{value, label}</c>; anything else is one choice.</summary>
    public static IReadOnlyList<PromptChoice> List(object? value) =>
        value is IEnumerable many and not string and not IDictionary<string, object?> ? [.. many.Cast<object?>().Select(One)] : [One(value)];

    static PromptChoice One(object? value) => value is IDictionary<string, object?> map
        ? new(PromptText.Of(map.TryGetValue("value", out var v) ? v : null), PromptText.Of(map.TryGetValue("label", out var l) ? l : null))
        : new(PromptText.Of(value), PromptText.Of(value));
}
