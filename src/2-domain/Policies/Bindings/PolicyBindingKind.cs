using Microsoft.EntityFrameworkCore;
using Postern.Storage.Kinds;

namespace Postern.Policies.Bindings;

/// <summary>The declaration of policy bindings.</summary>
public static class PolicyBindingKind
{
    public static readonly ModelKind<PolicyBinding> Kind = ModelKind<PolicyBinding>.Declare("authentik_policies.policybinding", static (k, kind) =>
    {
        k.Labels("Policy Binding", "Policy Bindings").Path("policies/bindings").PathParameter("policy_binding_uuid").Table("policy_binding");
        k.Named(b => $"Binding - #{b.Order} to {b.Target}");
        k.Key(b => b.Pk);
        k.Reference("policy", b => b.PolicyPk, "authentik_policies.policy").OnDelete(OnDelete.Cascade);
        k.Reference("group", b => b.GroupPk, "authentik_core.group").OnDelete(OnDelete.Cascade);
        k.Reference("user", b => b.UserPk, "authentik_core.user").OnDelete(OnDelete.Cascade);
        k.Expand("policy_obj", b => b.PolicyPk, "authentik_policies.policy");
        k.Expand("group_obj", b => b.GroupPk, "authentik_core.group", "pk", "num_pk", "name", "is_superuser", "attributes");
        k.Expand("user_obj", b => b.UserPk, "authentik_core.user", "pk", "username", "name", "is_active", "last_login", "email", "attributes", "uid");
        k.Uuid("target", b => b.Target).Required();
        k.Boolean("negate", b => b.Negate).Help("Negates the outcome of the policy. Messages are unaffected.");
        k.Boolean("enabled", b => b.Enabled);
        k.Integer("order", b => b.Order).Required();
        k.Integer("timeout", b => b.Timeout, minimum: 0).Help("Timeout after which Policy execution is terminated.");
        k.Boolean("failure_result", b => b.FailureResult).Help("Result if the Policy execution fails.");
        k.Computed<object?>("expires", static _ => null);
        k.Computed("expiring", static _ => false);
        k.Filters("policy", "target", "enabled", "order", "timeout");
        k.Filter("policy__isnull", static (query, values, errors) => PolicyKind.IsNull(values, errors, "policy__isnull") is { } isNull
            ? query.Where(b => (b.PolicyPk == null) == isNull)
            : query);
        k.Filter("target_in", static (query, values, errors) =>
        {
            var targets = new List<Guid>();
            foreach (var text in values.SelectMany(v => v.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
            {
                if (Guid.TryParse(text, out var target))
                    targets.Add(target);
                else
                    errors.Add("target_in", "Enter a valid UUID.");
            }
            return query.Where(b => targets.Contains(b.Target));
        });
        k.SearchWith(static (query, db, text) =>
        {
            var pattern = $"%{PlainSearch.Escape(text.Trim())}%";
            return query.Where(b => db.Set<Policy>().Any(p => p.Pk == b.PolicyPk && EF.Functions.ILike(p.Name, pattern, PlainSearch.EscapeCharacter)));
        });
        k.Order("order,pk", "order", "pk");
        k.Identifiers("policy", "group", "user", "target", "order");
        k.Validate(CheckBinding.CheckAsync);
    });
}
