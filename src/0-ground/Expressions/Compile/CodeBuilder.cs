namespace Postern.Expressions;

/// <summary>A jump target; its address is known once it is marked.</summary>
internal sealed class Label
{
    public int Address { get; set; } = -1;
}

/// <summary>Collects instructions, constants and exception ranges of one function.</summary>
internal sealed class CodeBuilder
{
    private readonly List<(Opcode Op, int A, int B, Label? Target)> instructions = [];
    private readonly List<uint> positions = [];
    private readonly List<object?> constants = [];
    private readonly Dictionary<(Type?, object?), int> constantIndexes = [];
    private readonly List<(int From, int To, Label Target, int Slot)> handlers = [];

    public ScriptPosition Position { get; set; } = new(1, 1);

    public int Address => instructions.Count;

    public void Emit(Opcode op, int a = 0, int b = 0) => Add(op, a, b, null);

    public void Jump(Opcode op, Label target, int b = 0) => Add(op, 0, b, target);

    public void Mark(Label label) => label.Address = instructions.Count;

    private void Add(Opcode op, int a, int b, Label? target)
    {
        instructions.Add((op, a, b, target));
        positions.Add(((uint)Position.Line << 12) | (uint)Math.Min(Position.Column, 4095));
    }

    public int Constant(object? value)
    {
        // Only these compare by what they print as well: 1, 1.0 and True are different constants.
        if (value is not (null or string or long or bool) && value is not double)
            return Append(value);
        var key = (value?.GetType(), value is double d ? BitConverter.DoubleToInt64Bits(d) : value);
        if (!constantIndexes.TryGetValue(key, out var index))
            constantIndexes[key] = index = Append(value);
        return index;
    }

    private int Append(object? value)
    {
        constants.Add(value);
        return constants.Count - 1;
    }

    public void Handle(int from, int to, Label target, int slot)
    {
        if (to > from)
            handlers.Add((from, to, target, slot));
    }

    public Instruction[] Instructions() =>
        instructions.Select(i => new Instruction(i.Op, i.Target?.Address ?? i.A, i.B)).ToArray();

    public uint[] Positions() => positions.ToArray();

    public object?[] Constants() => constants.ToArray();

    public HandlerRange[] Handlers() => handlers.Select(h => new HandlerRange(h.From, h.To, h.Target.Address, h.Slot)).ToArray();
}
