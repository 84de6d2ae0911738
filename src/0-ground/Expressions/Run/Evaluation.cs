namespace Postern.Expressions;

/// <summary>Runs a machine to its end and turns every way it can end into an outcome.</summary>
internal static class Evaluation
{
    /// <summary>An evaluation that never waits for the host ends without a state machine around it.</summary>
    public static ValueTask<ScriptOutcome> RunAsync(Machine machine)
    {
        try
        {
            return machine.Run(null) ? new(Outcome(machine, null)) : GoOnAsync(machine);
        }
        catch (Exception e)
        {
            return new(Outcome(machine, Error(machine, e)));
        }
    }

    private static async ValueTask<ScriptOutcome> GoOnAsync(Machine machine)
    {
        try
        {
            Action prepare;
            do
                prepare = await machine.AwaitHost().ConfigureAwait(false);
            while (!machine.Run(prepare));
            return Outcome(machine, null);
        }
        catch (Exception e)
        {
            return Outcome(machine, Error(machine, e));
        }
    }

    private static ScriptOutcome Outcome(Machine machine, ScriptError? error) => new(error is null ? machine.Value : null, error)
    {
        IsGenerator = error is null && machine.IsGenerator,
        Steps = machine.Steps,
        Elapsed = machine.Elapsed,
        HostElapsed = machine.HostElapsed,
        AllocatedBytes = machine.AllocatedBytes,
        Log = machine.LogLines,
        Variables = machine.Variables,
    };

    private static ScriptError Error(Machine machine, Exception exception) => exception switch
    {
        ScriptException e => OfException(machine, e),
        BudgetException e => Of(machine, ScriptErrorKind.Budget, "BudgetExceeded", e.Message) with { Budget = e.Kind },
        OperationCanceledException when machine.Cancellation.IsCancellationRequested => Of(machine, ScriptErrorKind.Cancelled, "Cancelled", "the evaluation was cancelled"),

        // A defect in a function of the host must not look like a result, nor show its text to whoever reads the script's error.
        _ => Of(machine, ScriptErrorKind.Exception, "RuntimeError", "a function of the host failed") with { Type = ExceptionTypes.RuntimeError, Fault = exception },
    };

    private static ScriptError Of(Machine machine, ScriptErrorKind kind, string type, string message)
    {
        var position = machine.CurrentPosition;
        return new ScriptError(kind, type, message, position.Line, position.Column, []);
    }

    private static ScriptError OfException(Machine machine, ScriptException exception)
    {
        var trace = exception.Value.Trace;
        var (line, column) = trace.Count > 0 ? (trace[0].Line, trace[0].Column) : (machine.CurrentPosition.Line, machine.CurrentPosition.Column);
        return new ScriptError(ScriptErrorKind.Exception, exception.Type.Name, SafeText(exception), line, column, trace) { Type = exception.Type };
    }

    private static string SafeText(ScriptException exception)
    {
        try
        {
            return exception.Message;
        }
        catch (Exception e) when (e is ScriptException or BudgetException or InsufficientExecutionStackException)
        {
            return "";
        }
    }
}
