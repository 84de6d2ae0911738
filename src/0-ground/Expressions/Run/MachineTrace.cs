namespace Postern.Expressions;

internal sealed partial class Machine
{
    private const int MaxTraced = 2000;
    private const int MaxTracedLength = 200;

    private readonly List<ScriptTraceValue>? trace;

    public IReadOnlyList<ScriptTraceValue> Variables => trace ?? [];

    private void TraceStore(Frame frame, int slot, object? value)
    {
        if (trace is null || trace.Count >= MaxTraced || frame.Code.Names[slot].Length == 0)
            return;
        var text = Representation.Of(value);
        trace.Add(new ScriptTraceValue(
            frame.Code.PositionAt(frame.Ip).Line, frame.Code.Names[slot], text.Length > MaxTracedLength ? text[..MaxTracedLength] + "…" : text));
    }
}
