using Postern.Expressions;
using Postern.Pages;
using Postern.Policies.Engine;
using Postern.Policies.Expressions;
using Postern.Policies.Testing;

namespace Postern.Web.Admin.Expressions;

/// <summary>A trial as its page shows it.</summary>
/// <param name="Source">The expression; null for a policy that is none.</param>
public sealed record TrialView(Tone Tone, string Heading, string? Result, IReadOnlyList<string> Messages, IReadOnlyList<PolicyLog> Log, long Steps, TimeSpan Elapsed, string? Source)
{
    public IReadOnlyList<ScriptTraceValue> Variables { get; init; } = [];

    public IReadOnlyList<ScriptDiagnostic> Findings { get; init; } = [];

    public static TrialView Of(PolicyOutcome outcome, Policies.Policy policy) => new(
        outcome.Verdict.Failure is not null ? Tone.Danger : outcome.Passing ? Tone.Success : Tone.Warning,
        outcome.Verdict.Failure is { } failure ? $"It failed: {failure}" : outcome.Passing ? "It passes" : "It does not pass",
        outcome.Verdict.RawResult is { } value ? Text(value) : null, outcome.Verdict.Messages, outcome.Verdict.Log, outcome.Verdict.Steps, outcome.Elapsed, (policy as ExpressionPolicy)?.Expression)
    {
        Variables = outcome.Verdict.Variables,
    };

    public static TrialView Of(ExpressionTrial trial) => new(
        trial.Result.Error is null ? Tone.Success : Tone.Danger,
        trial.Result.Error is { } error ? $"{error.TypeName}: {error.Message} (line {error.Line}, column {error.Column})" : "It gives",
        trial.Result.Error is null ? Text(trial.Result.Value) : null, trial.Result.Messages, trial.Result.Log, trial.Result.Steps, trial.Result.Elapsed, trial.Source)
    {
        Variables = trial.Result.Variables,
        Findings = trial.Findings,
    };

    /// <summary>The lines of the source with what is known of each.</summary>
    public IEnumerable<TrialLine> Lines()
    {
        var number = 0;
        foreach (var text in (Source ?? "").ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
        {
            var line = ++number;
            yield return new TrialLine(line, text, [.. Variables.Where(v => v.Line == line).GroupBy(v => v.Name, StringComparer.Ordinal).Select(Values)], [.. Findings.Where(f => f.Line == line)]);
        }
    }

    // In a loop a variable takes many values; the last ones tell most.
    static string Values(IGrouping<string, ScriptTraceValue> taken)
    {
        var last = taken.TakeLast(3).Select(v => v.Value).ToList();
        return $"{taken.Key} = {(taken.Count() > last.Count ? "… " : "")}{string.Join(", then ", last)}";
    }

    static string Text(object? value)
    {
        try
        {
            return ScriptValue.Represent(ScriptValue.From(value));
        }
        catch (ArgumentException)
        {
            // An object of the product, which has no script form here.
            return value?.ToString() ?? "None";
        }
    }
}

/// <summary>One line of a tried expression.</summary>
public sealed record TrialLine(int Number, string Text, IReadOnlyList<string> Values, IReadOnlyList<ScriptDiagnostic> Findings);
