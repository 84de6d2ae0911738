using Postern.Storage.Kinds;

namespace Postern.Policies.Expressions;

/// <summary>The declaration of expression policies.</summary>
public static class ExpressionPolicyKind
{
    public static readonly ModelKind<ExpressionPolicy> Kind = PolicyKind.Declare<ExpressionPolicy>("authentik_policies_expression.expressionpolicy", static k =>
    {
        k.Labels("Expression Policy", "Expression Policies").Path("policies/expression").Component("ak-policy-expression-form");
        k.Describe("Execute arbitrary Python code to implement custom checks and validation.");
        k.Expression("expression", p => p.Expression).Required().Rule(CheckExpression.Refusal);
        k.Filters("expression");
    });
}
