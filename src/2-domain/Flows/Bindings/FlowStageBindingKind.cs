using Postern.Kernel;
using Postern.Storage.Kinds;

namespace Postern.Flows.Bindings;

/// <summary>The declaration of stage bindings.</summary>
public static class FlowStageBindingKind
{
    public static readonly ModelKind<FlowStageBinding> Kind = ModelKind<FlowStageBinding>.Declare("authentik_flows.flowstagebinding", static (k, kind) =>
    {
        k.Labels("Flow Stage Binding", "Flow Stage Bindings").Path("flows/bindings").PathParameter("fsb_uuid").Table("flow_stage_binding");
        k.Named(b => $"Flow-stage binding #{b.Order} to {b.Target}");
        k.Key(b => b.Pk).Aliases("fsb_uuid");
        k.Computed("policybindingmodel_ptr_id", b => b.Pk);
        k.Reference("target", b => b.Target, "authentik_flows.flow");
        k.Reference("stage", b => b.Stage, "authentik_flows.stage");
        k.Expand("stage_obj", b => b.Stage, "authentik_flows.stage");
        k.Boolean("evaluate_on_plan", b => b.EvaluateOnPlan).Help("Evaluate policies during the Flow planning process.");
        k.Boolean("re_evaluate_policies", b => b.ReEvaluatePolicies).Help("Evaluate policies before the Stage is presented to the user.");
        k.Integer("order", b => b.Order).Required();
        k.Choice("policy_engine_mode", b => b.PolicyEngineMode);
        k.Choice("invalid_response_action", b => b.InvalidResponseAction).Help("What to do when an answer is refused.");
        k.Filters("fsb_uuid", "target", "stage", "order", "evaluate_on_plan", "re_evaluate_policies", "policy_engine_mode", "invalid_response_action");
        k.Order("order", "pk");
        k.Identifiers("target", "stage", "order");
        k.Validate(static (binding, context) =>
        {
            // Older blueprints turn off the one without naming the other, which then was on by itself.
            if (context.FromBlueprint && context.IsNew && !binding.ReEvaluatePolicies && !context.Given.Contains("evaluate_on_plan"))
                binding.EvaluateOnPlan = true;
            if (!binding.EvaluateOnPlan && !binding.ReEvaluatePolicies)
                context.Errors.Add(FieldErrors.NonField, "Either evaluation on plan or evaluation on run must be enabled");
        });
    });
}
