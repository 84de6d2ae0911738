using Postern.Storage.Kinds;

namespace Postern.Policies.Dummy;

/// <summary>The declaration of dummy policies.</summary>
public static class DummyPolicyKind
{
    public static readonly ModelKind<DummyPolicy> Kind = PolicyKind.Declare<DummyPolicy>("authentik_policies_dummy.dummypolicy", static k =>
    {
        k.Labels("Dummy Policy", "Dummy Policies").Path("policies/dummy").Component("ak-policy-dummy-form");
        k.Describe("Policy used for debugging the policy engine. Returns a fixed result after a random time.");
        k.Boolean("result", p => p.Result);
        k.Integer("wait_min", p => p.WaitMin);
        k.Integer("wait_max", p => p.WaitMax);
        k.Filters("result", "wait_min", "wait_max");
    });
}
