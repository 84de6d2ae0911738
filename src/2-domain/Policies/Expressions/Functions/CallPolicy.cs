using Microsoft.Extensions.DependencyInjection;
using Postern.Expressions;
using Postern.Policies.Engine;

namespace Postern.Policies.Expressions.Functions;

/// <summary>
/// <c>ak_call_policy(name, **kwargs)</c>: evaluates another policy for the same request. The arguments are in its context for the time of
/// the call; what it writes to the context stays.
/// </summary>
sealed class CallPolicy : IExpressionFunction
{
    const int Deepest = 10;

    public string Name => "ak_call_policy";

    public async ValueTask<object?> CallAsync(ExpressionRun run, HostCall call)
    {
        var name = call.RequireText(0, "name");
        var request = run.Request ?? new PolicyRequest();
        if (request.Depth >= Deepest)
            throw new ScriptException(ExceptionTypes.RecursionError, $"policies call each other more than {Deepest} deep");
        var given = call.Keywords.Where(k => !string.Equals(k.Key, "name", StringComparison.Ordinal)).ToDictionary(k => k.Key, k => ExpressionRun.Take(k.Value), StringComparer.Ordinal);
        var before = given.Keys.Where(request.Context.ContainsKey).ToDictionary(k => k, k => request.Context[k], StringComparer.Ordinal);
        foreach (var (key, value) in given)
            request.Context[key] = value;
        request.Depth++;
        try
        {
            var outcome = await run.Services.GetRequiredService<PolicyEngine>().EvaluateOneAsync(name, request, call.Cancellation);
            return Shown(outcome ?? throw new ScriptException(ExceptionTypes.ValueError, $"Policy '{name}' not found."), run);
        }
        finally
        {
            request.Depth--;
            foreach (var key in given.Keys.Where(k => !before.ContainsKey(k)))
                request.Context.Remove(key);
            foreach (var (key, value) in before)
                request.Context[key] = value;
        }
    }

    static HostRecord Shown(PolicyOutcome outcome, ExpressionRun run) => new(
        "PolicyResult",
        new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["passing"] = outcome.Passing,
            ["messages"] = new ScriptList(outcome.Verdict.Messages),
            ["raw_result"] = run.Show(outcome.Verdict.RawResult),
        });
}
