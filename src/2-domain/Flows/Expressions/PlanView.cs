using System.Diagnostics.CodeAnalysis;
using Postern.Expressions;
using Postern.Flows.Plans;
using Postern.Policies.Expressions;
using Postern.Policies.Expressions.Showing;

namespace Postern.Flows.Expressions;

/// <summary>Shows the running plan to expressions as <c>flow_plan</c>: its context live, and the way ahead.</summary>
sealed class PlanView : IExpressionView
{
    public bool TryShow(object value, ExpressionRun run, [NotNullWhen(true)] out HostObject? shown)
    {
        shown = value is Plan plan ? new PlanObject(plan, run) : null;
        return shown is not null;
    }

    sealed class PlanObject(Plan plan, ExpressionRun run) : HostObject, IShown
    {
        static readonly HostMembers<PlanObject> Members = new HostMembers<PlanObject>()
            .Property("context", self => self.Context)
            .Property("flow_pk", self => self.Plan.FlowPk.ToString("N"))
            .Property("has_stages", self => self.Plan.Stages.Count > 0)
            .Method("redirect", (self, call) =>
            {
                self.Plan.Redirect(ScriptValue.ToText(call.Require(0, "destination")));
                return null;
            })
            .Method("insert_stage", (self, call) => self.Add(call, append: false))
            .Method("append_stage", (self, call) => self.Add(call, append: true));

        public override string TypeName => "FlowPlan";

        public object Subject => plan;

        Plan Plan => plan;

        object? Context => run.Show(plan.Context);

        protected override bool TryGetAttribute(string name, out object? value) => Members.TryGet(this, name, out value);

        object? Add(HostCall call, bool append)
        {
            if (call.Require(0, "stage") is IShown { Subject: Stage stage })
                plan.Insert(stage.Pk, append ? int.MaxValue : 1);
            return null;
        }
    }
}
