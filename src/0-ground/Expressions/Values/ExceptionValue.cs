namespace Postern.Expressions;

/// <summary>An exception object: its type, arguments and the places it passed.</summary>
internal sealed class ExceptionValue(ScriptType type, ScriptTuple arguments)
{
    private List<ScriptTraceLine>? trace;

    public ScriptType Type { get; } = type;

    public ScriptTuple Arguments { get; } = arguments;

    public ExceptionValue? Cause { get; set; }

    /// <summary>What a StopIteration carries, and any attributes a host added.</summary>
    public Dictionary<string, object?>? Attributes { get; set; }

    public IReadOnlyList<ScriptTraceLine> Trace => trace ?? [];

    public void Passed(string function, ScriptPosition position)
    {
        trace ??= [];
        if (trace.Count < 20)
            trace.Add(new ScriptTraceLine(function, position.Line, position.Column));
    }

    public void ResetTrace() => trace = null;

    public string Text() => Arguments.Count switch
    {
        0 => "",
        // A missing key is shown quoted, so that an empty key can be seen.
        1 when Type.IsSubclassOf(ExceptionTypes.KeyError) => Representation.Of(Arguments[0]),
        1 => Representation.Text(Arguments[0]),
        _ => Representation.Of(Arguments),
    };

    public string Describe() => Arguments.Count == 1 ? $"{Type.Name}({Representation.Of(Arguments[0])})" : $"{Type.Name}{Representation.Of(Arguments)}";
}
