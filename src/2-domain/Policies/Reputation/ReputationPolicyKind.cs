using Postern.Kernel;
using Postern.Storage.Kinds;

namespace Postern.Policies.Reputation;

/// <summary>The declaration of reputation policies.</summary>
public static class ReputationPolicyKind
{
    public static readonly ModelKind<ReputationPolicy> Kind = PolicyKind.Declare<ReputationPolicy>("authentik_policies_reputation.reputationpolicy", static k =>
    {
        k.Labels("Reputation Policy", "Reputation Policies").Path("policies/reputation").Component("ak-policy-reputation-form");
        k.Describe("Return true if the reputation of the user or of the client's address is at or below a threshold.");
        k.Boolean("check_ip", p => p.CheckIp);
        k.Boolean("check_username", p => p.CheckUsername);
        k.Integer("threshold", p => p.Threshold);
        k.Filters("check_ip", "check_username", "threshold");
        k.Validate(static (policy, context) =>
        {
            if (!policy.CheckIp && !policy.CheckUsername)
                context.Errors.Add(FieldErrors.NonField, "Either IP or Username must be checked");
        });
    });
}
