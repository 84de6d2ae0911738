using System.Runtime.InteropServices;

namespace Postern.Expressions;

/// <summary>One instruction: what to do and its two operands.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Instruction(Opcode Op, int A, int B);

/// <summary>Instructions [From, To) hand an exception to <paramref name="Target"/>, which finds it in <paramref name="Slot"/>.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct HandlerRange(int From, int To, int Target, int Slot);

/// <summary>Where a closure takes a cell from when the function is made: a slot of the frame, or its own closure.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CaptureSource(bool FromSlot, int Index);

/// <summary>Names shared by all functions of a script: those it takes from the host.</summary>
internal sealed class GlobalTable
{
    private readonly Dictionary<string, int> indexes = new(StringComparer.Ordinal);

    public List<string> Names { get; } = [];

    public int IndexOf(string name)
    {
        if (indexes.TryGetValue(name, out var index))
            return index;
        indexes[name] = Names.Count;
        Names.Add(name);
        return Names.Count - 1;
    }
}

/// <summary>The compiled body of a function; immutable and shared by all evaluations.</summary>
internal sealed class Code
{
    public required string Name { get; init; }

    public required Instruction[] Instructions { get; init; }

    /// <summary>Line and column per instruction, packed as line * 4096 + column.</summary>
    public required uint[] Positions { get; init; }

    public required object?[] Constants { get; init; }

    public required HandlerRange[] Handlers { get; init; }

    /// <summary>Names by slot; slots beyond the array belong to the compiler.</summary>
    public required string[] Names { get; init; }

    public required int SlotCount { get; init; }

    public required int StackSize { get; init; }

    public required Parameters Parameters { get; init; }

    public required CaptureSource[] Captures { get; init; }

    public required bool IsGenerator { get; init; }

    /// <summary>Slots of the outermost body whose variables the host may have given: slot and name.</summary>
    public required string[] FreeNames { get; init; }

    public ScriptPosition PositionAt(int instruction)
    {
        if (Positions.Length == 0)
            return new ScriptPosition(1, 1);
        var packed = Positions[Math.Clamp(instruction, 0, Positions.Length - 1)];
        return new ScriptPosition((int)(packed >> 12), (int)(packed & 4095));
    }
}

/// <summary>The shape of a function's parameter list; parameters fill the first slots in this order.</summary>
internal sealed record Parameters(string[] Names, int PositionalOnly, int Positional, int KeywordOnly, bool HasStar, bool HasDoubleStar)
{
    public static readonly Parameters None = new([], 0, 0, 0, false, false);

    public bool IsPlain => KeywordOnly == 0 && !HasStar && !HasDoubleStar;

    public int StarSlot => Positional + KeywordOnly;

    public int DoubleStarSlot => Positional + KeywordOnly + (HasStar ? 1 : 0);
}
