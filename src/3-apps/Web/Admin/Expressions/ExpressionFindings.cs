using Postern.Applications.Mappings;
using Postern.Expressions;
using Postern.Policies.Expressions;
using Postern.Stages.Prompts;
using Postern.Storage.Kinds;

namespace Postern.Web.Admin.Expressions;

/// <summary>What a look through the stored expression of an object finds; for its page.</summary>
static class ExpressionFindings
{
    /// <summary>What the expressions of a kind are for; null where it has none.</summary>
    public static ExpressionUse? UseOf(ModelKind kind) =>
        kind == ExpressionPolicyKind.Kind ? ExpressionUse.Policy
        : kind == PromptKind.Kind ? ExpressionUse.Prompt
        : kind == PropertyMappingKind.Kind || kind.Base == PropertyMappingKind.Kind ? ExpressionUse.Mapping
        : null;

    public static IReadOnlyList<ScriptDiagnostic> Of(CheckExpression check, object entity) => entity switch
    {
        ExpressionPolicy policy => check.Of(policy.Expression, ExpressionUse.Policy),
        PropertyMapping mapping => check.Of(mapping.Expression, ExpressionUse.Mapping),
        Prompt prompt =>
        [
            .. prompt.PlaceholderExpression ? check.Of(prompt.Placeholder, ExpressionUse.Prompt) : [],
            .. prompt.InitialValueExpression ? check.Of(prompt.InitialValue, ExpressionUse.Prompt) : [],
        ],
        _ => [],
    };
}
