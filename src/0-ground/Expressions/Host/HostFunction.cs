namespace Postern.Expressions;

/// <summary>A function of the host that scripts can call; it may finish later, in which case the script waits without holding a thread.</summary>
public sealed class HostFunction
{
    private readonly Func<HostCall, object?>? body;
    private readonly Func<HostCall, ValueTask<object?>>? asyncBody;

    public HostFunction(string name, Func<HostCall, object?> body) => (Name, this.body) = (name, body);

    public HostFunction(string name, Func<HostCall, ValueTask<object?>> body) => (Name, asyncBody) = (name, body);

    public string Name { get; }

    /// <summary>Calls the function; the result is a script value, or a <see cref="HostPending"/> to be awaited.</summary>
    internal object? Invoke(HostCall call)
    {
        if (body is not null)
            return ScriptValue.From(body(call));
        var task = asyncBody!(call);
        return task.IsCompletedSuccessfully ? ScriptValue.From(task.Result) : new HostPending(task);
    }
}

/// <summary>A result of the host that is not there yet.</summary>
internal sealed class HostPending(ValueTask<object?> task)
{
    public ValueTask<object?> Task { get; } = task;
}
