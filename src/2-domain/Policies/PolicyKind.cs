using Microsoft.EntityFrameworkCore;
using Postern.Policies.Bindings;
using Postern.Storage.Kinds;

namespace Postern.Policies;

/// <summary>The declaration of policies of any kind, and what each kind's own declaration starts with.</summary>
public static class PolicyKind
{
    public static readonly ModelKind<Policy> Kind = ModelKind<Policy>.Declare("authentik_policies.policy", static (k, kind) =>
    {
        k.Labels("Policy", "Policies").Path("policies/all", Verbs.List | Verbs.Retrieve | Verbs.Delete | Verbs.UsedBy).PathParameter("policy_uuid").Table("policy").NotInBlueprints();
        k.Permissions(("view_policy_cache", "View Policy's cache metrics"), ("clear_policy_cache", "Clear Policy's cache metrics"));
        Members(k);
        k.Filter("bindings__isnull", static (query, db, values, errors) => IsNull(values, errors, "bindings__isnull") is { } isNull
            ? query.Where(p => db.Set<PolicyBinding>().Any(b => b.PolicyPk == p.Pk) != isNull)
            : query);
    });

    /// <summary>Declares a kind of policy: the members of every policy, then its own.</summary>
    public static ModelKind<T> Declare<T>(string name, Action<KindBuilder<T>> own)
        where T : Policy, new() =>
        ModelKind<T>.Declare(name, (k, _) =>
        {
            k.Extends(Kind);
            Members(k);
            k.Filters("policy_uuid", "execution_logging");
            own(k);
        });

    /// <summary>A filter on presence: true, false, or null with an error.</summary>
    internal static bool? IsNull(IReadOnlyList<string> values, Kernel.FieldErrors errors, string name)
    {
        if (bool.TryParse(values[^1], out var isNull))
            return isNull;
        errors.Add(name, "Must be a valid boolean.");
        return null;
    }

    static void Members<T>(KindBuilder<T> k)
        where T : Policy, new()
    {
        k.Key(p => p.Pk).Aliases("policy_uuid");
        k.Text("name", p => p.Name).Required().Unique();
        k.Boolean("execution_logging", p => p.ExecutionLogging)
            .Help("When this option is enabled, all executions of this policy will be logged. By default, only execution errors are logged.");
        k.Meta();
        k.Computed("bound_to", CountUses.LoadAsync);
        k.Search(p => p.Name);
        k.Order("name");
    }
}
