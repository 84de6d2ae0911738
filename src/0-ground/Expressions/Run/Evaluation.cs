namespace Postern.Expressions;

/// <summary>Runs a machine to its end and turns every way it can end into an outcome.</summary>
internal static class Evaluation
{
    public static async ValueTask<ScriptOutcome> RunAsync(Machine machine, ScriptRun run)
    {
        object? value = null;
        var isGenerator = false;
        ScriptError? error;
        try
        {
            (value, isGenerator) = await machine.RunAsync().ConfigureAwait(false);
            (value, error) = (machine.Finish(value), null);
        }
        catch (ScriptException e)
        {
            error = OfException(machine, e);
        }
        catch (BudgetException e)
        {
            error = Of(machine, ScriptErrorKind.Budget, "BudgetExceeded", e.Message) with { Budget = e.Kind };
        }
        catch (OperationCanceledException) when (machine.Cancellation.IsCancellationRequested)
        {
            error = Of(machine, ScriptErrorKind.Cancelled, "Cancelled", "the evaluation was cancelled");
        }
        catch (Exception e)
        {
            // A defect in a function of the host must not look like a result, nor show its text to whoever reads the script's error.
            error = Of(machine, ScriptErrorKind.Exception, "RuntimeError", "a function of the host failed") with { Type = ExceptionTypes.RuntimeError, Fault = e };
        }

        return new ScriptOutcome(error is null ? value : null, error)
        {
            IsGenerator = isGenerator,
            Steps = machine.Steps,
            Elapsed = machine.Elapsed,
            HostElapsed = machine.HostElapsed,
            AllocatedBytes = machine.AllocatedBytes,
            Log = machine.LogLines,
            Variables = machine.Variables,
        };
    }

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
