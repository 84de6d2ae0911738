using Microsoft.Extensions.Logging;
using Postern.Expressions;
using Postern.Policies.Engine;
using Postern.Policies.Expressions.Requests;
using Postern.Policies.Expressions.Showing;

namespace Postern.Policies.Expressions;

/// <summary>Evaluates expressions of policies, mappings and prompts: bounded, and with nothing in reach but what slices expose.</summary>
public sealed class ExpressionRunner
{
    readonly ExpressionCatalog catalog;
    readonly CompiledExpressions compiled;
    readonly RequestsLibrary requests;
    readonly ExpressionLimits limits;
    readonly IServiceProvider services;
    readonly TimeProvider clock;
    readonly ILogger<ExpressionRunner> log;

    internal ExpressionRunner(
        ExpressionCatalog catalog, CompiledExpressions compiled, RequestsLibrary requests, ExpressionLimits limits, IServiceProvider services, TimeProvider clock, ILogger<ExpressionRunner> log) =>
        (this.catalog, this.compiled, this.requests, this.limits, this.services, this.clock, this.log) = (catalog, compiled, requests, limits, services, clock, log);

    /// <summary>Runs a source text. Everything that goes wrong in it is in the result; only the caller's own cancellation is thrown.</summary>
    public async ValueTask<ExpressionResult> RunAsync(string source, ExpressionInput input, CancellationToken cancellation)
    {
        if (compiled.Of(source) is not { Succeeded: true } good)
        {
            var fault = compiled.Of(source).Diagnostics[0];
            return new ExpressionResult(Value: null, new ExpressionError(fault.Message, "SyntaxError", fault.Line, fault.Column, Skips: false));
        }
        await using var run = new ExpressionRun(catalog, input, services, cancellation);
        var settings = new ScriptRun { Budget = limits.Budget, Time = clock, TraceVariables = input.Trace };
        var outcome = await good.Script.RunAsync(ExpressionScope.Of(run, clock, requests), settings, cancellation);
        cancellation.ThrowIfCancellationRequested();
        if (outcome.Error?.Fault is { } bug)
            log.HelperBroke(bug, input.Name);
        return new ExpressionResult(outcome.Succeeded ? Show.ToProduct(outcome.Value) : null, Failure(outcome.Error))
        {
            IsTrue = outcome.Succeeded && ScriptValue.IsTrue(outcome.Value),
            Messages = run.Messages,
            Log = [.. run.Log, .. outcome.Log.Select(l => new PolicyLog(clock.GetUtcNow(), l.Level, input.Name, l.Message, None))],
            Steps = outcome.Steps,
            Elapsed = outcome.Elapsed + outcome.HostElapsed,
            Variables = outcome.Variables,
        };
    }

    static ExpressionError? Failure(ScriptError? error) => error is null
        ? null
        : new ExpressionError(error.Message, error.TypeName, error.Line, error.Column, Skips: error.Type?.IsSubclassOf(ExpressionScope.SkipObject) == true);

    static readonly IReadOnlyDictionary<string, object?> None = new Dictionary<string, object?>(StringComparer.Ordinal);
}
