using Microsoft.EntityFrameworkCore;
using Postern.Policies.Expressions;
using Postern.Storage.Kinds;

namespace Postern.Stages.Prompts;

/// <summary>The declaration of prompts.</summary>
public static class PromptKind
{
    public static readonly ModelKind<Prompt> Kind = ModelKind<Prompt>.Declare("authentik_stages_prompt.prompt", static (k, kind) =>
    {
        k.Labels("Prompt", "Prompts").Path("stages/prompt/prompts").PathParameter("prompt_uuid").Table("prompt");
        k.Key(p => p.Pk).Aliases("prompt_uuid");
        k.Text("name", p => p.Name).Required().Unique();
        k.Text("field_key", p => p.FieldKey).Required().Help("Name of the form field, also used to store the value");
        k.LongText("label", p => p.Label).Required();
        k.Choice("type", p => p.Type).Required();
        k.Boolean("required", p => p.Required);
        k.Expression("placeholder", p => p.Placeholder).Help("Example text in the empty field; an expression where so marked. For choices: the choices.");
        k.Expression("initial_value", p => p.InitialValue).Help("Value the field starts with; an expression where so marked.");
        k.Integer("order", p => p.Order);
        k.Computed("prompt_stages_obj", static async (page, context) =>
        {
            var stages = await context.Db.Set<PromptStage>().AsNoTracking().ToListAsync(context.Cancellation);
            var rendered = await Rendered.PageAsync(PromptStageKind.Kind, stages, context);
            return prompt => rendered.Where(r => ((PromptStage)r.Entity).Fields.Contains(prompt.Pk)).ToList();
        });
        k.LongText("sub_text", p => p.SubText);
        k.Boolean("placeholder_expression", p => p.PlaceholderExpression);
        k.Boolean("initial_value_expression", p => p.InitialValueExpression);
        k.Filters("field_key", "name", "label", "type", "placeholder");
        k.Search(p => p.FieldKey, p => p.Name, p => p.Label, p => p.Placeholder);
        k.Order("field_key", "order", "name", "type", "label");
        k.Validate(static (prompt, context) =>
        {
            if (prompt.PlaceholderExpression && CheckExpression.Refusal(prompt.Placeholder) is { } placeholder)
                context.Errors.Add("placeholder", placeholder);
            if (prompt.InitialValueExpression && CheckExpression.Refusal(prompt.InitialValue) is { } initial)
                context.Errors.Add("initial_value", initial);
        });
    });
}
