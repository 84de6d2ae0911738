using Postern.Flows;
using Postern.Storage.Kinds;

namespace Postern.Stages.Prompts;

/// <summary>Asks several questions on one page.</summary>
public sealed class PromptStage : Stage
{
    public List<Guid> Fields { get; set; } = [];

    /// <summary>Policies that look at the answers; all must pass.</summary>
    public List<Guid> ValidationPolicies { get; set; } = [];
}

/// <summary>The declaration of prompt stages.</summary>
public static class PromptStageKind
{
    public static readonly ModelKind<PromptStage> Kind = StageKind.Declare<PromptStage>(
        "authentik_stages_prompt.promptstage", "prompt/stages", "ak-stage-prompt-form", "Prompt Stage", static k =>
        {
            k.Describe("Asks for input, such as the details of a new account.");
            k.References("fields", s => s.Fields, "authentik_stages_prompt.prompt").Required();
            k.References("validation_policies", s => s.ValidationPolicies, "authentik_policies.policy");
        });
}
