namespace Postern.Expressions;

/// <summary>How a run of frames ended.</summary>
internal enum Signal
{
    Returned,
    Yielded,
    Suspended,
}

/// <summary>
/// One evaluation. Frames live on the heap and not on the .NET stack: recursion is counted instead of overflowing, a generator is a frame that
/// waits, and so is an evaluation that waits for the host, which therefore holds no thread.
/// </summary>
internal sealed partial class Machine
{
    private const int MaxNesting = 60;

    private readonly Script script;
    private readonly object?[] globals;
    private readonly Frame body;
    private List<ScriptLogLine>? log;
    private Frame? top;
    private object? result;
    private int depth;
    private int nesting;
    private long logSize;

    public Machine(Script script, ScriptScope scope, ScriptRun run, CancellationToken cancellation)
    {
        this.script = script;
        Scope = scope;
        budget = run.Budget;
        Time = run.Time;
        trace = run.TraceVariables ? [] : null;
        Cancellation = cancellation;
        fuel = Slice;
        globals = script.GlobalNames.Length == 0 ? [] : new object?[script.GlobalNames.Length];
        globals.AsSpan().Fill(Unbound.Value);
        top = body = new Frame(script.Body, []);
        script.FillLocals(scope, body.Slots);
        depth = 1;
    }

    public ScriptScope Scope { get; }

    public TimeProvider Time { get; }

    public TimeSpan RegexTime => budget.RegexTime;

    public ScriptPosition CurrentPosition => top is { } frame ? frame.Code.PositionAt(frame.Ip) : new ScriptPosition(1, 1);

    public IReadOnlyList<ScriptLogLine> LogLines => log ?? [];

    public void WriteLog(string level, string message)
    {
        logSize += message.Length;
        if (logSize > budget.OutputBytes)
            throw new BudgetException(BudgetKind.Output, $"the evaluation wrote more than {budget.OutputBytes} bytes to its log");
        (log ??= []).Add(new ScriptLogLine(level, message, CurrentPosition.Line));
    }

    public IReadOnlyDictionary<string, object?> SnapshotLocals()
    {
        var locals = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (top is not { } frame)
            return locals;
        for (var i = 0; i < frame.Code.Names.Length; i++)
        {
            var value = frame.Slots[i] is Cell cell ? cell.Content : frame.Slots[i];
            if (frame.Code.Names[i].Length > 0 && value is not Unbound)
                locals[frame.Code.Names[i]] = value;
        }

        return locals;
    }

    /// <summary>Runs a frame and what it calls until it returns, yields or must wait, passing exceptions to handlers.</summary>
    private Signal Drive(Frame root)
    {
        while (true)
        {
            try
            {
                return Execute(root);
            }
            catch (ScriptException e)
            {
                var error = e.Value;
                if (Unwind(ref error, root))
                    continue;
                if (ReferenceEquals(error, e.Value))
                    throw;
                throw new ScriptException(error);
            }
            catch (InsufficientExecutionStackException)
            {
                var error = TooDeep().Value;
                if (!Unwind(ref error, root))
                    throw new ScriptException(error);
            }
        }
    }

    /// <summary>Finds the handler of an exception in the frames above <paramref name="root"/>; false when there is none.</summary>
    private bool Unwind(ref ExceptionValue error, Frame root)
    {
        while (true)
        {
            var frame = top!;
            error.Passed(frame.Code.Name, frame.Code.PositionAt(frame.Ip));
            foreach (var handler in frame.Code.Handlers)
            {
                if (frame.Ip < handler.From || frame.Ip >= handler.To)
                    continue;
                frame.Slots[handler.Slot] = error;
                frame.Ip = handler.Target;
                frame.Sp = frame.Code.SlotCount;
                return true;
            }

            if (frame.Generator is { } generator)
            {
                generator.Finish();
                // A loop over the generator would take it for the end.
                if (error.Type.IsSubclassOf(ExceptionTypes.StopIteration))
                    error = Raising.Make(ExceptionTypes.RuntimeError, "generator raised StopIteration");
            }

            if (ReferenceEquals(frame, root))
                return false;
            top = frame.Back;
            depth--;
        }
    }

    private static ScriptException TooDeep() => new(ExceptionTypes.RecursionError, "maximum recursion depth exceeded");

    private void Deepen()
    {
        if (++depth <= budget.RecursionDepth)
            return;
        depth--;
        throw TooDeep();
    }

    /// <summary>Calls anything callable from a builtin or the host, and waits for the result.</summary>
    public object? Invoke(object? callable, ReadOnlySpan<object?> arguments, string[]? keywords)
    {
        if (callable is FunctionValue function && !function.Code.IsGenerator)
        {
            var frame = new Frame(function.Code, function.Closure);
            ParameterBinding.Bind(function, arguments, keywords, frame);
            return RunNested(frame);
        }

        return Resolve(CallNative(callable, arguments, keywords));
    }

    private object? RunNested(Frame frame)
    {
        if (nesting >= MaxNesting)
            throw TooDeep();
        var (outer, outerDepth) = (top, depth);
        Deepen();
        nesting++;
        top = frame;
        try
        {
            Drive(frame);
            return result;
        }
        finally
        {
            top = outer;
            depth = outerDepth;
            nesting--;
        }
    }

    /// <summary>Advances a generator from a builtin; false when it is exhausted.</summary>
    public bool Advance(GeneratorValue generator, out object? value)
    {
        value = null;
        if (generator.Frame is not { } frame)
            return false;
        if (nesting >= MaxNesting)
            throw TooDeep();
        var (outer, outerDepth) = (top, depth);
        generator.Enter();
        Deepen();
        nesting++;
        frame.ExitIp = -1;
        frame.Back = null;
        if (generator.Started)
            frame.Slots[frame.Sp++] = generator.TakeSent();
        generator.Started = true;
        top = frame;
        try
        {
            var yielded = Drive(frame) == Signal.Yielded;
            value = result;
            if (!yielded)
                generator.Finish();
            return yielded;
        }
        finally
        {
            generator.Leave();
            top = outer;
            depth = outerDepth;
            nesting--;
        }
    }
}
