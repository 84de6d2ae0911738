namespace Postern.Expressions;

/// <summary>A generator: a frame that waits between its values.</summary>
internal sealed class GeneratorValue(Frame frame) : ScriptIterator
{
    private object? sent;
    private bool entered;

    public Frame? Frame { get; private set; } = frame;

    public bool Started { get; set; }

    public override ScriptType Type => Types.Generator;

    public override bool Next(Machine machine, out object? value) => machine.Advance(this, out value);

    public void Enter()
    {
        if (entered)
            throw new ScriptException(ExceptionTypes.ValueError, "generator already executing");
        entered = true;
    }

    public void Leave() => entered = false;

    public void Finish()
    {
        Frame = null;
        entered = false;
    }

    public void Send(object? value) => sent = value;

    public object? TakeSent()
    {
        var value = sent;
        sent = null;
        return value;
    }
}
