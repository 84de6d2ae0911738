using Postern.Policies.Engine;

namespace Postern.Policies.Expressions;

/// <summary>Evaluates a policy's expression: a true value passes, anything else and nothing at all do not.</summary>
sealed class DecideExpression(ExpressionRunner runner, CheckExpression check, TimeProvider clock) : IPolicy<ExpressionPolicy>
{
    public async ValueTask<PolicyVerdict> EvaluateAsync(ExpressionPolicy policy, PolicyRequest request, CancellationToken cancellation)
    {
        var input = new ExpressionInput { Name = policy.Name, Use = ExpressionUse.Policy, Request = request, Trace = request.Debug };
        var result = await runner.RunAsync(policy.Expression, input, cancellation);
        IEnumerable<PolicyLog> findings = request.Debug ? check.Of(policy.Expression, ExpressionUse.Policy).Select(f => Line(policy, "warning", f.ToString())) : [];
        if (result.Error is { } error)
            return PolicyVerdict.Failed(error.Message) with { Log = [.. result.Log, Where(policy, error), .. findings], Steps = result.Steps, Variables = result.Variables };
        var log = result.Value is null ? result.Log.Append(Nothing(policy)) : result.Log;
        return new PolicyVerdict(result.IsTrue, result.Messages) { RawResult = result.Value, Log = [.. log, .. findings], Steps = result.Steps, Variables = result.Variables };
    }

    /// <summary>An expression that is one constant.</summary>
    public bool? Foresee(ExpressionPolicy policy) => policy.Expression.Trim() switch
    {
        "return True" => true,
        "return False" => false,
        _ => null,
    };

    PolicyLog Nothing(ExpressionPolicy policy) => Line(policy, "warning", "Policy returned nothing; it counts as not passing.");

    PolicyLog Where(ExpressionPolicy policy, ExpressionError error) =>
        Line(policy, "error", $"{error.TypeName}: {error.Message} (line {error.Line}, column {error.Column})");

    PolicyLog Line(ExpressionPolicy policy, string level, string text) =>
        new(clock.GetUtcNow(), level, policy.Name, text, new Dictionary<string, object?>(StringComparer.Ordinal));
}
