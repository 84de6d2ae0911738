namespace Postern.Expressions;

/// <summary>Turns the syntax tree of one function into instructions.</summary>
internal sealed partial class Compiler
{
    private readonly CodeBuilder code = new();
    private readonly GlobalTable globals;
    private readonly Scope function;
    private readonly string name;
    private readonly List<string> slotNames = [];
    private readonly List<Block> blocks = [];
    private readonly Stack<int> freeTemps = new();
    private Scope scope;
    private int slots;

    private Compiler(string name, Scope function, GlobalTable globals)
    {
        this.name = name;
        this.function = function;
        this.globals = globals;
        scope = function;
    }

    public static Code CompileBody(IReadOnlyList<Stmt> body, Scope top, GlobalTable globals)
    {
        var compiler = new Compiler("<expression>", top, globals);
        compiler.Prologue([]);
        compiler.CompileAll(body);
        compiler.ReturnNone();
        return compiler.Finish(Parameters.None, []);
    }

    private void Prologue(IReadOnlyList<Parameter> parameters)
    {
        // A function in a finally block is compiled once for each way out of the block.
        foreach (var symbol in function.Symbols.Values)
            symbol.Slot = -1;
        foreach (var parameter in parameters)
            function.Symbols[parameter.Name].Slot = NewSlot(parameter.Name);
        foreach (var symbol in function.Symbols.Values)
        {
            if (symbol is { Slot: < 0, IsGlobal: false, IsOuter: false })
                symbol.Slot = NewSlot(symbol.Name);
        }

        foreach (var symbol in function.Symbols.Values)
        {
            if (symbol is { IsCaptured: true, IsGlobal: false, IsOuter: false })
                code.Emit(Opcode.MakeCell, symbol.Slot);
        }
    }

    private int NewSlot(string slotName)
    {
        slotNames.Add(slotName);
        return slots++;
    }

    /// <summary>A slot of the compiler's own, reused after <see cref="Release"/>.</summary>
    private int Temp() => freeTemps.TryPop(out var slot) ? slot : NewSlot("");

    private void Release(int slot) => freeTemps.Push(slot);

    private void ReturnNone()
    {
        code.Emit(Opcode.Constant, code.Constant(null));
        code.Emit(Opcode.Return);
    }

    private Code Finish(Parameters parameters, CaptureSource[] captures)
    {
        var instructions = code.Instructions();
        var handlers = code.Handlers();
        return new Code
        {
            Name = name,
            Instructions = instructions,
            Positions = code.Positions(),
            Constants = code.Constants(),
            Handlers = handlers,
            Names = slotNames.ToArray(),
            SlotCount = slots,
            StackSize = StackDepth.Of(instructions, handlers),
            Parameters = parameters,
            Captures = captures,
            IsGenerator = function.HasYield || function.IsGeneratorExpression,
            FreeNames = function.Free.Select(s => s.Name).ToArray(),
        };
    }

    private void Load(string variable)
    {
        var symbol = scope.Find(variable);
        if (symbol is null)
            code.Emit(Opcode.LoadGlobal, globals.IndexOf(variable));
        else if (symbol.Scope.Owner != function)
            code.Emit(Opcode.LoadFree, function.Free.IndexOf(symbol));
        else
            code.Emit(symbol.IsCaptured ? Opcode.LoadCell : Opcode.LoadLocal, symbol.Slot);
    }

    private void Store(string variable)
    {
        var symbol = scope.Find(variable);
        if (symbol is null)
            code.Emit(Opcode.StoreGlobal, globals.IndexOf(variable));
        else if (symbol.Scope.Owner != function)
            code.Emit(Opcode.StoreFree, function.Free.IndexOf(symbol));
        else
            code.Emit(symbol.IsCaptured ? Opcode.StoreCell : Opcode.StoreLocal, symbol.Slot);
    }

    private void Delete(string variable)
    {
        var symbol = scope.Find(variable);
        if (symbol is null)
            code.Emit(Opcode.DeleteGlobal, globals.IndexOf(variable));
        else if (symbol.Scope.Owner != function)
            code.Emit(Opcode.DeleteFree, function.Free.IndexOf(symbol));
        else
            code.Emit(symbol.IsCaptured ? Opcode.DeleteCell : Opcode.DeleteLocal, symbol.Slot);
    }

    private void Constant(object? value) => code.Emit(Opcode.Constant, code.Constant(value));
}
