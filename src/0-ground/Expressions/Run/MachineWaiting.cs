using System.Diagnostics;

namespace Postern.Expressions;

internal sealed partial class Machine
{
    private HostPending? pending;
    private bool pendingPushes;
    private long hostTicks;
    private ScriptList? collected;

    /// <summary>What the script gave, once it has ended.</summary>
    public object? Value { get; private set; }

    public bool IsGenerator => body.Code.IsGenerator;

    public TimeSpan HostElapsed => Stopwatch.GetElapsedTime(0, hostTicks);

    /// <summary>
    /// A result of the host that may not be there yet, needed inside a builtin (a sort key that queries, say): here the .NET stack cannot be
    /// left, so the thread waits. Calls made by the script's own code are awaited instead.
    /// </summary>
    public object? Resolve(object? value)
    {
        if (value is not HostPending waiting)
            return value;
        Pause();
        var start = Stopwatch.GetTimestamp();
        try
        {
            return ScriptValue.From(Wait(waiting.Task));
        }
        finally
        {
            hostTicks += Stopwatch.GetTimestamp() - start;
            Resume();
            CheckHostTime();
        }
    }

    private object? Wait(ValueTask<object?> task)
    {
        var left = budget.HostTime - HostElapsed;
        var waited = task.AsTask();
        if (left <= TimeSpan.Zero || !waited.Wait(left, Cancellation))
            throw HostTooSlow();
        return waited.GetAwaiter().GetResult();
    }

    /// <summary>Loads a lazy host object from inside a builtin.</summary>
    public void Load(HostObject host) => Resolve(new HostPending(LoadAsync(host)));

    private async ValueTask<object?> LoadAsync(HostObject host)
    {
        await host.LoadAsync(Cancellation).ConfigureAwait(false);
        return null;
    }

    private void CheckHostTime()
    {
        if (HostElapsed > budget.HostTime)
            throw HostTooSlow();
    }

    private BudgetException HostTooSlow() =>
        new(BudgetKind.HostTime, $"functions of the host took longer than {budget.HostTime.TotalMilliseconds:0} ms");

    /// <summary>
    /// Runs the script's body until it ends, when <see cref="Value"/> is what it gave, or must wait for the host, when it is false.
    /// <paramref name="prepare"/> puts what was waited for in place.
    /// </summary>
    public bool Run(Action? prepare)
    {
        var previous = EnterThread();
        try
        {
            if (prepare is not null)
                Prepare(prepare);
            while (Drive(body) is var signal && signal != Signal.Returned)
            {
                if (signal == Signal.Suspended)
                    return false;
                (collected ??= []).Append(result);
                body.Slots[body.Sp++] = null;
            }

            Value = Finish(IsGenerator ? collected ?? [] : result);
            return true;
        }
        finally
        {
            LeaveThread(previous);
        }
    }

    private void Prepare(Action prepare)
    {
        try
        {
            prepare();
        }
        catch (ScriptException e)
        {
            // The awaited call failed: the script handles it, or ends.
            var error = e.Value;
            if (!Unwind(ref error, body))
                throw new ScriptException(error);
        }
    }

    /// <summary>Waits for the pending host call; what it gave is put in place when the script goes on.</summary>
    public async ValueTask<Action> AwaitHost()
    {
        var start = Stopwatch.GetTimestamp();
        object? value = null;
        ScriptException? error = null;
        var left = budget.HostTime - HostElapsed;
        try
        {
            value = await pending!.Task.AsTask().WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, Cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException) when (Stopwatch.GetElapsedTime(start) >= left)
        {
            throw HostTooSlow();
        }
        catch (ScriptException e)
        {
            error = e;
        }

        hostTicks += Stopwatch.GetTimestamp() - start;
        return () =>
        {
            if (error is not null)
                throw error;
            if (!pendingPushes)
                return;
            top!.Slots[top.Sp++] = ScriptValue.From(value);
            top.Ip++;
        };
    }

    /// <summary>Leaves the machine until the host has the result, which is then pushed; only outside builtins.</summary>
    private Signal Suspend(Frame frame, int sp, HostPending waiting)
    {
        (pending, pendingPushes) = (waiting, true);
        frame.Sp = sp;
        return Signal.Suspended;
    }

    /// <summary>Leaves the machine until a lazy object is loaded; the instruction is run again afterwards.</summary>
    private Signal SuspendLoad(Frame frame, int sp, HostObject host)
    {
        (pending, pendingPushes) = (new HostPending(LoadAsync(host)), false);
        frame.Sp = sp;
        return Signal.Suspended;
    }
}
