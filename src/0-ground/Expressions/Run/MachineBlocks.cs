namespace Postern.Expressions;

internal sealed partial class Machine
{
    private ExceptionValue RaisedBy(Instruction instruction, ReadOnlySpan<object?> slots, int sp)
    {
        switch (instruction.Op)
        {
            case Opcode.Reraise:
                return (ExceptionValue)slots[instruction.A]!;
            case Opcode.RaiseBare:
                return Raising.Make(ExceptionTypes.RuntimeError, "No active exception to reraise");
        }

        var error = Raising.FromValue(this, slots[sp - instruction.A]);
        if (instruction.A == 2 && slots[sp - 1] is not null)
            error.Cause = Raising.FromValue(this, slots[sp - 1]);
        error.ResetTrace();
        return error;
    }

    private static int ExecuteWith(object?[] slots, Instruction instruction, int sp)
    {
        switch (instruction.Op)
        {
            case Opcode.WithEnter:
                if (slots[sp - 1] is not HostObject host || !host.TryEnter(out var entered))
                {
                    throw new ScriptException(
                        ExceptionTypes.TypeError, $"'{Types.NameOf(slots[sp - 1])}' object does not support the context manager protocol");
                }

                slots[instruction.A] = host;
                slots[sp - 1] = ScriptValue.From(entered);
                return sp;
            case Opcode.WithExit:
                ((HostObject)slots[instruction.A]!).Exit();
                return sp;
            default:
                ((HostObject)slots[instruction.A]!).Exit();
                slots[sp] = Boxed.False;
                return sp + 1;
        }
    }

    private static int ExecuteMatch(object?[] slots, Code code, Instruction instruction, int sp)
    {
        ScriptTuple? parts;
        switch (instruction.Op)
        {
            case Opcode.MatchSequence:
                parts = Matching.Sequence(slots[sp - 1], instruction.B >> 16, (instruction.B & 0xFFFF) - 1);
                break;
            case Opcode.MatchMapping:
                parts = Matching.Mapping(slots[sp - 2], (ScriptTuple)slots[sp - 1]!, instruction.B == 1);
                sp--;
                break;
            case Opcode.MatchClass:
                parts = Matching.Class(slots[sp - 2], slots[sp - 1], (ClassPatternShape)code.Constants[instruction.B]!);
                sp--;
                break;
            default:
                slots[sp - 2] = Boxed.Bool(Comparison.AreSame(slots[sp - 2], slots[sp - 1]));
                return sp - 1;
        }

        slots[instruction.A] = parts;
        slots[sp - 1] = Boxed.Bool(parts is not null);
        return sp;
    }

    private HostModule FindModule(string name) =>
        Scope.FindModule(name) ?? Library.Find(name) ?? (IsPackage(name) ? new HostModule(name) : throw NoModule(name));

    // `from urllib import parse`: a package that holds nothing but modules.
    private bool IsPackage(string name) => Library.Names.Concat(Scope.ModuleNames).Any(n => n.StartsWith(name + ".", StringComparison.Ordinal));

    private static ScriptException NoModule(string name) =>
        new(ExceptionTypes.ModuleNotFoundError, $"No module named '{name}'");

    private HostModule Import(string name, bool bindsRoot)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (!bindsRoot || dot < 0)
            return FindModule(name);
        // `import urllib.parse` gives a module `urllib` through which the submodule is reached.
        var module = FindModule(name);
        var parts = name.Split('.');
        for (var i = parts.Length - 1; i > 0; i--)
            module = new HostModule(string.Join('.', parts[..i])).Set(parts[i], module);
        return module;
    }

    private object? ImportFrom(object? module, string name, string moduleName)
    {
        if (((HostModule)module!).TryGet(name, out var value))
            return value;
        var submodule = $"{moduleName}.{name}";
        return Scope.FindModule(submodule) ?? Library.Find(submodule)
            ?? throw new ScriptException(ExceptionTypes.ImportError, $"cannot import name '{name}' from '{moduleName}'");
    }
}
