namespace Postern.Expressions;

/// <summary>One activation of a function: its slots with the operand stack above them, and where it stands.</summary>
internal sealed class Frame
{
    public Frame(Code code, Cell[] closure)
    {
        Code = code;
        Closure = closure;
        Slots = new object?[code.SlotCount + code.StackSize];
        Slots.AsSpan(0, code.SlotCount).Fill(Unbound.Value);
        Sp = code.SlotCount;
    }

    public Code Code { get; }

    public Cell[] Closure { get; }

    public object?[] Slots { get; }

    /// <summary>The instruction that runs, or the one to go on with while the frame waits.</summary>
    public int Ip { get; set; }

    public int Sp { get; set; }

    /// <summary>The frame to give the result to; null at the root of a run.</summary>
    public Frame? Back { get; set; }

    public GeneratorValue? Generator { get; set; }

    /// <summary>Where the loop that drives this generator goes on when it is exhausted; -1 when a builtin drives it.</summary>
    public int ExitIp { get; set; } = -1;
}
