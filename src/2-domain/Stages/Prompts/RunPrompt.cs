using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Directory.Users;
using Postern.Flows;
using Postern.Flows.Running;
using Postern.Kernel;
using Postern.Kernel.Values;
using Postern.Policies.Engine;
using Postern.Storage;
using Postern.Storage.Snapshots;

namespace Postern.Stages.Prompts;

/// <summary>Asks the stage's questions and keeps good answers in the plan's prompt data.</summary>
sealed class RunPrompt(PosternDb db, Snapshot<PromptPicture> pictures, ResolvePrompt resolve, PolicyEngine policies) : IStage<PromptStage>
{
    public const string Component = "ak-stage-prompt";

    public async ValueTask<StageOutcome> StartAsync(PromptStage stage, StageRun run, CancellationToken cancellation) =>
        Ask(await ResolveAsync(stage, run, cancellation), new FieldErrors());

    public async ValueTask<StageOutcome> AnswerAsync(PromptStage stage, StageRun run, JsonObject answer, CancellationToken cancellation)
    {
        var prompts = await ResolveAsync(stage, run, cancellation);
        var errors = new FieldErrors();
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var prompt in prompts)
        {
            var (value, error) = ReadAnswer.Of(prompt, answer[prompt.Prompt.FieldKey]);
            if (error is not null)
                errors.Add(prompt.Prompt.FieldKey, error);
            else if (!prompt.Prompt.Type.IsDisplay() || prompt.Prompt.Type is PromptType.Static)
                values[prompt.Prompt.FieldKey] = value;
        }
        await CheckUsernamesAsync(prompts, values, run, errors, cancellation);
        CheckPasswords(prompts, values, errors);
        if (!errors.Any)
            await CheckPoliciesAsync(stage, run, values, errors, cancellation);
        if (errors.Any)
            return Ask(WithAnswers(prompts, answer), errors);
        foreach (var (key, value) in values)
            run.Context.PromptData[key] = value;
        return StageOutcome.Done;
    }

    async ValueTask<IReadOnlyList<ResolvedPrompt>> ResolveAsync(PromptStage stage, StageRun run, CancellationToken cancellation)
    {
        var resolved = new List<ResolvedPrompt>();
        foreach (var prompt in (await pictures.GetAsync(cancellation)).Of(stage))
            resolved.Add(await resolve.ExecuteAsync(prompt, run, cancellation));
        return resolved;
    }

    async ValueTask CheckUsernamesAsync(IReadOnlyList<ResolvedPrompt> prompts, Dictionary<string, object?> values, StageRun run, FieldErrors errors, CancellationToken cancellation)
    {
        foreach (var key in prompts.Where(p => p.Prompt.Type is PromptType.Username).Select(p => p.Prompt.FieldKey))
        {
            if (values.GetValueOrDefault(key) is not string username)
                continue;
            if (username.Length > 150)
                errors.Add(key, "Ensure this field has no more than 150 characters.");
            var own = run.PendingUser?.Pk ?? 0;
            var lower = username.ToLowerInvariant();
#pragma warning disable CA1304, CA1311, CA1862, MA0011 // Translated to SQL's lower().
            if (await db.Set<User>().AnyAsync(u => u.Username.ToLower() == lower && u.Pk != own, cancellation))
#pragma warning restore CA1304, CA1311, CA1862, MA0011
                errors.Add(key, "Username is already taken.");
        }
    }

    static void CheckPasswords(IReadOnlyList<ResolvedPrompt> prompts, Dictionary<string, object?> values, FieldErrors errors)
    {
        List<string> keys = [.. prompts.Where(p => p.Prompt.Type is PromptType.Password).Select(p => p.Prompt.FieldKey)];
        if (keys.Count > 1 && keys.TrueForAll(values.ContainsKey) && keys.Select(k => values[k] as string).Distinct(StringComparer.Ordinal).Skip(1).Any())
            errors.Add(FieldErrors.NonField, "Passwords don't match.");
    }

    async ValueTask CheckPoliciesAsync(PromptStage stage, StageRun run, Dictionary<string, object?> values, FieldErrors errors, CancellationToken cancellation)
    {
        if (stage.ValidationPolicies.Count == 0)
            return;
        var context = new Dictionary<string, object?>(StringComparer.Ordinal) { ["prompt_data"] = values };
        var verdict = await policies.EvaluateListAsync(stage.ValidationPolicies, run.ForPolicies(stage, context), cancellation);
        foreach (var message in verdict.Messages)
        {
            if (verdict.Passing)
                run.Say(MessageLevel.Info, message);
            else
                errors.Add(FieldErrors.NonField, message);
        }
        if (!verdict.Passing && !errors.Any)
            errors.Add(FieldErrors.NonField, "These values were not accepted.");
    }

    static StageOutcome.Challenge Ask(IReadOnlyList<ResolvedPrompt> prompts, FieldErrors errors) =>
        new(Component, new JsonObject { ["fields"] = new JsonArray([.. prompts.Select(p => (JsonNode)Show(p))]) }) { Errors = errors };

    // What was typed stands again in the page, passwords excepted.
    static IReadOnlyList<ResolvedPrompt> WithAnswers(IReadOnlyList<ResolvedPrompt> prompts, JsonObject answer) =>
    [
        .. prompts.Select(p => p.Prompt.Type is PromptType.Password || p.Prompt.Type.IsFixed() || p.Prompt.Type.IsDisplay()
            || answer[p.Prompt.FieldKey] is not JsonValue given || !given.TryGetValue<string>(out var text) ? p : p with { Initial = text }),
    ];

    internal static JsonObject Show(ResolvedPrompt resolved) => new()
    {
        ["field_key"] = resolved.Prompt.FieldKey,
        ["label"] = resolved.Prompt.Type is PromptType.Static or PromptType.Separator ? "" : resolved.Prompt.Label,
        ["type"] = WireEnum<PromptType>.Name(resolved.Prompt.Type),
        ["required"] = resolved.Prompt.Required && !resolved.Prompt.Type.IsDisplay(),
        ["placeholder"] = resolved.Placeholder,
        ["initial_value"] = resolved.Prompt.Type is PromptType.Password ? "" : PromptText.Of(resolved.Initial),
        ["order"] = resolved.Prompt.Order,
        ["sub_text"] = resolved.Prompt.SubText,
        ["choices"] = resolved.Choices is null ? null : new JsonArray([.. resolved.Choices.Select(c => (JsonNode)new JsonObject { ["value"] = c.Value, ["label"] = c.Label })]),
    };
}
