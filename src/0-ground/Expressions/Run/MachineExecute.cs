namespace Postern.Expressions;

internal sealed partial class Machine
{
    /// <summary>The interpreter loop. It is one long switch on purpose: its state stays in locals, and each case only moves operands.</summary>
    private Signal Execute(Frame root)
    {
        var frame = top!;
        // A span knows that its array takes any object, and so stores without asking each time.
        var slots = frame.Slots.AsSpan();
        var code = frame.Code;
        var instructions = code.Instructions;
        var ip = frame.Ip;
        var sp = frame.Sp;
        while (true)
        {
            if (--fuel <= 0)
            {
                frame.Ip = ip;
                Poll();
            }

            frame.Ip = ip;
            var instruction = instructions[ip++];
            switch (instruction.Op)
            {
                case Opcode.Constant:
                    slots[sp++] = code.Constants[instruction.A];
                    continue;
                case Opcode.LoadLocal:
                    {
                        var value = slots[instruction.A];
                        if (ReferenceEquals(value, Unbound.Value))
                            throw UnboundLocal(code, instruction.A);
                        slots[sp++] = value;
                        continue;
                    }

                case Opcode.StoreLocal:
                    slots[instruction.A] = slots[--sp];
                    if (trace is not null)
                        TraceStore(frame, instruction.A, slots[sp]);
                    continue;
                case Opcode.LoadTemp:
                    slots[sp++] = slots[instruction.A];
                    continue;
                case Opcode.StoreTemp:
                    slots[instruction.A] = slots[--sp];
                    continue;
                case Opcode.LoadGlobal:
                    {
                        var value = globals[instruction.A];
                        if (ReferenceEquals(value, Unbound.Value))
                            globals[instruction.A] = value = script.ResolveGlobal(Scope, instruction.A);
                        slots[sp++] = value;
                        continue;
                    }

                case Opcode.Pop:
                    sp--;
                    continue;
                case Opcode.Copy:
                    slots[sp] = slots[sp - instruction.A];
                    sp++;
                    continue;
                case Opcode.Swap:
                    (slots[sp - 1], slots[sp - 2]) = (slots[sp - 2], slots[sp - 1]);
                    continue;
                case Opcode.RotateThree:
                    (slots[sp - 1], slots[sp - 2], slots[sp - 3]) = (slots[sp - 2], slots[sp - 3], slots[sp - 1]);
                    continue;
                case Opcode.Jump:
                    ip = instruction.A;
                    continue;
                case Opcode.JumpIfFalse:
                case Opcode.JumpIfTrue:
                    {
                        var value = slots[--sp];
                        if (value is not bool truth)
                        {
                            if (value is HostObject { NeedsLoad: true } lazy && nesting == 0)
                                return SuspendLoad(frame, sp + 1, lazy);
                            truth = Truth.Of(value);
                        }

                        if (truth == (instruction.Op == Opcode.JumpIfTrue))
                            ip = instruction.A;
                        continue;
                    }

                case Opcode.JumpIfFalseOrPop:
                case Opcode.JumpIfTrueOrPop:
                    {
                        var value = slots[sp - 1];
                        if (value is HostObject { NeedsLoad: true } lazy && nesting == 0)
                            return SuspendLoad(frame, sp, lazy);
                        if (Truth.Of(value) == (instruction.Op == Opcode.JumpIfTrueOrPop))
                            ip = instruction.A;
                        else
                            sp--;
                        continue;
                    }

                case Opcode.LoadAttribute:
                    {
                        var site = (Site)code.Constants[instruction.A]!;
                        if (slots[sp - 1] is HostRecord record && site.IsAllowed && record.TryFind(site.Name, site.Hash, out var found))
                        {
                            slots[sp - 1] = found;
                            continue;
                        }

                        var value = Attributes.Get(slots[sp - 1], site.Name);
                        if (value is HostPending waiting)
                        {
                            if (nesting == 0)
                                return Suspend(frame, sp - 1, waiting);
                            value = Resolve(waiting);
                        }

                        slots[sp - 1] = value;
                        continue;
                    }

                case Opcode.LoadMethod:
                    LoadMethod(slots.Slice(sp - 1, 2), (Site)code.Constants[instruction.A]!);
                    sp++;
                    continue;
                case Opcode.LoadItem:
                    {
                        var target = slots[sp - 2];
                        if (target is HostObject { NeedsLoad: true } lazy && nesting == 0)
                            return SuspendLoad(frame, sp, lazy);
                        var value = Items.Get(target, slots[sp - 1]);
                        sp--;
                        slots[sp - 1] = value;
                        continue;
                    }

                case Opcode.Binary:
                    {
                        var right = slots[--sp];
                        slots[sp - 1] = Arithmetic.Binary((BinaryOperator)instruction.A, slots[sp - 1], right);
                        continue;
                    }

                case Opcode.InPlace:
                    {
                        var right = slots[--sp];
                        slots[sp - 1] = Arithmetic.InPlace((BinaryOperator)instruction.A, slots[sp - 1], right);
                        continue;
                    }

                case Opcode.Compare:
                    {
                        var right = slots[sp - 1];
                        if ((CompareOperator)instruction.A is CompareOperator.In or CompareOperator.NotIn && right is HostObject { NeedsLoad: true } lazy && nesting == 0)
                            return SuspendLoad(frame, sp, lazy);
                        sp--;
                        slots[sp - 1] = Comparison.Apply((CompareOperator)instruction.A, slots[sp - 1], right);
                        continue;
                    }

                case Opcode.Unary:
                    if (slots[sp - 1] is HostObject { NeedsLoad: true } unloaded && nesting == 0)
                        return SuspendLoad(frame, sp, unloaded);
                    slots[sp - 1] = Arithmetic.Unary((UnaryOperator)instruction.A, slots[sp - 1]);
                    continue;
                case Opcode.GetIterator:
                    if (slots[sp - 1] is HostObject { NeedsLoad: true } source && nesting == 0)
                        return SuspendLoad(frame, sp, source);
                    slots[sp - 1] = Iteration.Of(slots[sp - 1]);
                    continue;
                case Opcode.ForNext:
                    {
                        var iterator = slots[instruction.B]!;
                        if (iterator is GeneratorValue generator)
                        {
                            frame.Sp = sp;
                            if (EnterGenerator(generator, frame, instruction.A) is not { } inner)
                            {
                                ip = instruction.A;
                                continue;
                            }

                            frame = inner;
                            break;
                        }

                        if (((ScriptIterator)iterator).Next(this, out var value))
                            slots[sp++] = value;
                        else
                            ip = instruction.A;
                        continue;
                    }

                case Opcode.Call:
                    {
                        var from = sp - instruction.A;
                        if (slots[from - 1] is FunctionValue { Code.IsGenerator: false } function)
                        {
                            frame.Sp = from - 1;
                            frame = EnterFunction(function, slots.Slice(from, instruction.A), null, frame);
                            break;
                        }

                        if (nesting == 0 && Unloaded(slots[from - 1], slots.Slice(from, instruction.A)) is { } lazy)
                            return SuspendLoad(frame, sp, lazy);
                        var value = slots[from - 1] is NativeFunction { Owner: null } builtin
                            ? builtin.Body(this, builtin.Signature.Bind(builtin, slots, from, instruction.A))
                            : CallNative(slots[from - 1], slots.Slice(from, instruction.A), null);
                        sp = from - 1;
                        if (value is HostPending waiting)
                        {
                            if (nesting == 0)
                                return Suspend(frame, sp, waiting);
                            value = Resolve(waiting);
                        }

                        slots[sp++] = value;
                        continue;
                    }

                case Opcode.CallMethod:
                    {
                        var from = sp - instruction.A;
                        var self = slots[from - 1];
                        var count = instruction.A;
                        object? value;
                        if (ReferenceEquals(self, Unbound.Value))
                        {
                            if (slots[from - 2] is FunctionValue { Code.IsGenerator: false } function)
                            {
                                frame.Sp = from - 2;
                                frame = EnterFunction(function, slots.Slice(from, count), null, frame);
                                break;
                            }

                            if (nesting == 0 && Unloaded(slots[from - 2], slots.Slice(from, count)) is { } lazy)
                                return SuspendLoad(frame, sp, lazy);
                            value = CallNative(slots[from - 2], slots.Slice(from, count), null);
                        }
                        else
                        {
                            var method = (NativeFunction)slots[from - 2]!;
                            if (count > 0 && nesting == 0 && Unloaded(method, slots.Slice(from, count)) is { } lazy)
                                return SuspendLoad(frame, sp, lazy);
                            value = method.Body(this, method.Signature.Bind(method, slots, from - 1, count + 1));
                        }

                        sp = from - 2;
                        if (value is HostPending waiting)
                        {
                            if (nesting == 0)
                                return Suspend(frame, sp, waiting);
                            value = Resolve(waiting);
                        }

                        slots[sp++] = value;
                        continue;
                    }

                case Opcode.CallKeywords:
                case Opcode.CallSpread:
                    {
                        object?[] arguments;
                        string[]? keywords;
                        object? callee;
                        if (instruction.Op == Opcode.CallKeywords)
                        {
                            keywords = (string[])code.Constants[instruction.B]!;
                            arguments = slots.Slice(sp - instruction.A, instruction.A).ToArray();
                            sp -= instruction.A + 1;
                            callee = slots[sp];
                        }
                        else
                        {
                            (arguments, keywords) = Spread((ScriptList)slots[sp - 2]!, (ScriptDict)slots[sp - 1]!);
                            sp -= 3;
                            callee = slots[sp];
                        }

                        if (callee is FunctionValue { Code.IsGenerator: false } function)
                        {
                            frame.Sp = sp;
                            frame = EnterFunction(function, arguments, keywords, frame);
                            break;
                        }

                        var value = CallNative(callee, arguments, keywords);
                        if (value is HostPending waiting)
                        {
                            if (nesting == 0)
                                return Suspend(frame, sp, waiting);
                            value = Resolve(waiting);
                        }

                        slots[sp++] = value;
                        continue;
                    }

                case Opcode.Return:
                    {
                        var value = slots[--sp];
                        if (ReferenceEquals(frame, root))
                        {
                            result = value;
                            return Signal.Returned;
                        }

                        depth--;
                        var back = frame.Back!;
                        if (frame.Generator is { } generator)
                        {
                            generator.Finish();
                            back.Ip = frame.ExitIp;
                        }
                        else
                        {
                            back.Slots[back.Sp++] = value;
                            back.Ip++;
                        }

                        top = frame = back;
                        break;
                    }

                case Opcode.Yield:
                    {
                        result = slots[--sp];
                        frame.Ip = ip;
                        frame.Sp = sp;
                        if (ReferenceEquals(frame, root))
                            return Signal.Yielded;
                        depth--;
                        frame.Generator!.Leave();
                        top = frame = frame.Back!;
                        frame.Slots[frame.Sp++] = result;
                        frame.Ip++;
                        break;
                    }

                case Opcode.Raise:
                case Opcode.Reraise:
                case Opcode.RaiseBare:
                    {
                        var error = RaisedBy(instruction, slots, sp);
                        if (!Unwind(ref error, root))
                            throw new ScriptException(error);
                        frame = top!;
                        break;
                    }

                case Opcode.BuildList:
                    sp -= instruction.A;
                    slots[sp] = ScriptList.Own(slots.Slice(sp, instruction.A).ToArray());
                    sp++;
                    continue;
                case Opcode.BuildKeyed:
                    sp -= instruction.B;
                    slots[sp] = new ScriptDict(((KeyTable)code.Constants[instruction.A]!).With(slots.Slice(sp, instruction.B)));
                    sp++;
                    continue;
                case Opcode.AppendTemp:
                    ((ScriptList)slots[instruction.A]!).Append(slots[--sp]);
                    continue;
                case Opcode.UnpackSequence:
                    sp--;
                    Containers.Unpack(slots[sp], slots.Slice(sp, instruction.A));
                    sp += instruction.A;
                    continue;
                case Opcode.Format:
                    if (instruction is { A: 0, B: 0 } && slots[sp - 1] is string)
                        continue;
                    sp = ExecuteRare(frame, instruction, sp);
                    continue;
                case Opcode.BuildString:
                    sp -= instruction.A;
                    slots[sp] = Formatting.Join(slots.Slice(sp, instruction.A));
                    sp++;
                    continue;
                default:
                    sp = ExecuteRare(frame, instruction, sp);
                    continue;
            }

            // The frame changed: take up where it stands.
            slots = frame.Slots.AsSpan();
            code = frame.Code;
            instructions = code.Instructions;
            ip = frame.Ip;
            sp = frame.Sp;
        }
    }
}
