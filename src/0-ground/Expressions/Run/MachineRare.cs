namespace Postern.Expressions;

internal sealed partial class Machine
{
    /// <summary>Instructions that neither change the frame nor wait; returns the new stack pointer.</summary>
    private int ExecuteRare(Frame frame, Instruction instruction, int sp)
    {
        var slots = frame.Slots;
        var code = frame.Code;
        var a = instruction.A;
        switch (instruction.Op)
        {
            case Opcode.DeleteLocal:
                if (ReferenceEquals(slots[a], Unbound.Value))
                    throw UnboundLocal(code, a);
                slots[a] = Unbound.Value;
                return sp;
            case Opcode.MakeCell:
                slots[a] = new Cell { Content = instruction.B == 1 ? Unbound.Value : slots[a] };
                return sp;
            case Opcode.LoadCell:
                slots[sp] = Bound(((Cell)slots[a]!).Content) ?? throw UnboundLocal(code, a);
                slots[sp] = ((Cell)slots[a]!).Content;
                return sp + 1;
            case Opcode.StoreCell:
                ((Cell)slots[a]!).Content = slots[sp - 1];
                TraceStore(frame, a, slots[sp - 1]);
                return sp - 1;
            case Opcode.DeleteCell:
                ((Cell)slots[a]!).Content = Unbound.Value;
                return sp;
            case Opcode.LoadFree:
                slots[sp] = Bound(frame.Closure[a].Content) ?? throw UnboundFree(code, a);
                slots[sp] = frame.Closure[a].Content;
                return sp + 1;
            case Opcode.StoreFree:
                frame.Closure[a].Content = slots[sp - 1];
                return sp - 1;
            case Opcode.DeleteFree:
                frame.Closure[a].Content = Unbound.Value;
                return sp;
            case Opcode.StoreGlobal:
                globals[a] = slots[sp - 1];
                return sp - 1;
            case Opcode.DeleteGlobal:
                globals[a] = Unbound.Value;
                return sp;
            case Opcode.StoreAttribute:
                Attributes.Set(slots[sp - 1], (string)code.Constants[a]!, slots[sp - 2]);
                return sp - 2;
            case Opcode.DeleteAttribute:
                Attributes.Delete(slots[sp - 1], (string)code.Constants[a]!);
                return sp - 1;
            case Opcode.StoreItem:
                Items.Set(slots[sp - 2], slots[sp - 1], slots[sp - 3]);
                return sp - 3;
            case Opcode.DeleteItem:
                Items.Delete(slots[sp - 2], slots[sp - 1]);
                return sp - 2;
            case Opcode.BuildSlice:
                slots[sp - 3] = new SliceValue(slots[sp - 3], slots[sp - 2], slots[sp - 1]);
                return sp - 2;
            case Opcode.MakeFunction:
                return MakeFunction(frame, (Code)code.Constants[a]!, instruction.B, sp);
            case Opcode.Format:
                {
                    var spec = instruction.B != 0 ? (string)slots[--sp]! : "";
                    slots[sp - 1] = Formatting.Field(slots[sp - 1], (char)a, spec);
                    return sp;
                }

            case Opcode.MatchException:
                slots[sp - 2] = Boxed.Bool(Raising.Matches((ExceptionValue)slots[sp - 2]!, slots[sp - 1]));
                return sp - 1;
            case Opcode.ImportName:
                slots[sp] = Import((string)code.Constants[a]!, instruction.B == 1);
                return sp + 1;
            case Opcode.ImportFrom:
                slots[sp] = ImportFrom(slots[sp - 1], (string)code.Constants[a]!, (string)code.Constants[instruction.B]!);
                return sp + 1;
            case Opcode.WithEnter:
            case Opcode.WithExit:
            case Opcode.WithExitError:
                return ExecuteWith(slots, instruction, sp);
            case Opcode.MatchSequence:
            case Opcode.MatchMapping:
            case Opcode.MatchClass:
            case Opcode.MatchIdentity:
                return ExecuteMatch(slots, code, instruction, sp);
            case Opcode.UnpackStar:
                Containers.UnpackStar(slots[sp - 1], slots.AsSpan(sp - 1, a + 1 + instruction.B), a);
                return sp + a + instruction.B;
            default:
                return ExecuteBuild(slots, instruction, sp);
        }
    }

    private static int ExecuteBuild(object?[] slots, Instruction instruction, int sp)
    {
        var a = instruction.A;
        switch (instruction.Op)
        {
            case Opcode.BuildTuple:
                slots[sp - a] = a == 0 ? ScriptTuple.Empty : new ScriptTuple(slots.AsSpan(sp - a, a).ToArray());
                return sp - a + 1;
            case Opcode.BuildSet:
                var set = new ScriptSet();
                for (var i = sp - a; i < sp; i++)
                    set.Add(slots[i]);
                slots[sp - a] = set;
                return sp - a + 1;
            case Opcode.BuildDict:
                var dict = new ScriptDict();
                for (var i = sp - (2 * a); i < sp; i += 2)
                    dict.Set(slots[i], slots[i + 1]);
                slots[sp - (2 * a)] = dict;
                return sp - (2 * a) + 1;
            case Opcode.ListAppend:
                ((ScriptList)slots[sp - 2]!).Append(slots[sp - 1]);
                return sp - 1;
            case Opcode.ListExtend:
                Containers.ExtendSpread((ScriptList)slots[sp - 2]!, slots[sp - 1], a == 1 ? CalleeName(slots[sp - 3]) : null);
                return sp - 1;
            case Opcode.SetUpdate:
                foreach (var item in Iteration.Walk(slots[sp - 1]))
                    ((ScriptSet)slots[sp - 2]!).Add(item);
                return sp - 1;
            case Opcode.DictUpdate:
                Containers.UpdateFromMapping((ScriptDict)slots[sp - 2]!, slots[sp - 1]);
                return sp - 1;
            case Opcode.DictMerge:
                Containers.MergeKeywords((ScriptDict)slots[sp - 2]!, slots[sp - 1], CalleeName(slots[sp - 4]));
                return sp - 1;
            case Opcode.DictPut:
                ((ScriptDict)slots[sp - 3]!).Set(slots[sp - 2], slots[sp - 1]);
                return sp - 2;
            case Opcode.ListToTuple:
                slots[sp - 1] = new ScriptTuple(((ScriptList)slots[sp - 1]!).ToArray());
                return sp;
            case Opcode.AddTemp:
                ((ScriptSet)slots[a]!).Add(slots[sp - 1]);
                return sp - 1;
            case Opcode.PutTemp:
                ((ScriptDict)slots[a]!).Set(slots[sp - 2], slots[sp - 1]);
                return sp - 2;
            default:
                throw new InvalidOperationException($"unknown instruction {instruction.Op}");
        }
    }

    /// <summary>How messages on spread arguments name the function.</summary>
    private static string CalleeName(object? callee) => callee switch
    {
        FunctionValue f => f.Name + "()",
        NativeFunction f => f.Name + "()",
        HostFunction f => f.Name + "()",
        BoundMethod m => $"{Types.NameOf(m.Self)}.{m.Function.Name}()",
        ScriptType t => t.Name + "()",
        _ => Representation.Of(callee),
    };

    // Null is a value (None), so "unbound" is told by a marker that stands for any bound value.
    private static object? Bound(object? content) => ReferenceEquals(content, Unbound.Value) ? null : Boxed.True;

    private static ScriptException UnboundLocal(Code code, int slot) => new(
        ExceptionTypes.UnboundLocalError, $"cannot access local variable '{code.Names[slot]}' where it is not associated with a value");

    private static ScriptException UnboundFree(Code code, int index) => new(
        ExceptionTypes.NameError,
        $"cannot access free variable '{code.FreeNames[index]}' where it is not associated with a value in enclosing scope");

    private static int MakeFunction(Frame frame, Code code, int flags, int sp)
    {
        var keywordDefaults = (flags & 2) != 0 ? (ScriptDict?)frame.Slots[--sp] : null;
        var defaults = (flags & 1) != 0 ? ((ScriptTuple)frame.Slots[--sp]!).Array : [];
        var closure = code.Captures.Length == 0 ? [] : new Cell[code.Captures.Length];
        for (var i = 0; i < closure.Length; i++)
        {
            var capture = code.Captures[i];
            closure[i] = capture.FromSlot ? (Cell)frame.Slots[capture.Index]! : frame.Closure[capture.Index];
        }

        frame.Slots[sp++] = new FunctionValue(code, closure, defaults, keywordDefaults);
        return sp;
    }
}
