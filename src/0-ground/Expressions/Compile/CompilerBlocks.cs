namespace Postern.Expressions;

internal sealed partial class Compiler
{
    private void Open(Block block)
    {
        block.From = code.Address;
        blocks.Add(block);
    }

    private void Close(Block block)
    {
        blocks.RemoveAt(blocks.Count - 1);
        if (block.Handler is null)
            return;
        block.Ranges.Add((block.From, code.Address));
        foreach (var (from, to) in block.Ranges)
            code.Handle(from, to, block.Handler, block.HandlerSlot);
    }

    /// <summary>Runs the exits of every block above <paramref name="keep"/>, each outside its own protection.</summary>
    private void Unwind(int keep)
    {
        var left = blocks.GetRange(keep, blocks.Count - keep);
        for (var i = left.Count - 1; i >= 0; i--)
        {
            blocks.RemoveAt(blocks.Count - 1);
            left[i].Ranges.Add((left[i].From, code.Address));
            left[i].Leave?.Invoke();
        }

        foreach (var block in left)
        {
            block.From = code.Address;
            blocks.Add(block);
        }
    }

    /// <summary>After an early exit was emitted, the protected ranges go on behind it.</summary>
    private void Reopen(int keep)
    {
        for (var i = keep; i < blocks.Count; i++)
            blocks[i].From = code.Address;
    }

    private void CompileReturn(ReturnStmt node)
    {
        if (node.Value is null)
            Constant(null);
        else
            Compile(node.Value);
        code.Position = node.Position;
        // Without something to run on the way out, the protected ranges simply go on.
        if (blocks.Exists(b => b.Leave is not null))
        {
            var slot = Temp();
            code.Emit(Opcode.StoreTemp, slot);
            Unwind(0);
            code.Emit(Opcode.LoadTemp, slot);
            code.Emit(Opcode.Return);
            Release(slot);
            Reopen(0);
            return;
        }

        code.Emit(Opcode.Return);
    }

    private void CompileLoopExit(bool isBreak)
    {
        var loop = blocks.FindLastIndex(b => b.Break is not null);
        Unwind(loop + 1);
        code.Jump(Opcode.Jump, isBreak ? blocks[loop].Break! : blocks[loop].Continue!);
        Reopen(loop + 1);
    }

    private void CompileTry(TryStmt node)
    {
        if (node.Finally.Count == 0)
        {
            CompileExcept(node);
            return;
        }

        var end = new Label();
        var slot = Temp();
        var block = new Block { Handler = new Label(), HandlerSlot = slot, Leave = () => CompileAll(node.Finally) };
        Open(block);
        if (node.Handlers.Count > 0)
            CompileExcept(node);
        else
            CompileAll(node.Body);
        Close(block);
        CompileAll(node.Finally);
        code.Jump(Opcode.Jump, end);
        code.Mark(block.Handler!);
        var handled = new Block { HandledSlot = slot };
        Open(handled);
        CompileAll(node.Finally);
        Close(handled);
        code.Emit(Opcode.Reraise, slot);
        code.Mark(end);
        Release(slot);
    }

    private void CompileExcept(TryStmt node)
    {
        var end = new Label();
        var slot = Temp();
        var block = new Block { Handler = new Label(), HandlerSlot = slot };
        Open(block);
        CompileAll(node.Body);
        Close(block);
        CompileAll(node.Otherwise);
        code.Jump(Opcode.Jump, end);
        code.Mark(block.Handler!);
        var handled = new Block { HandledSlot = slot };
        Open(handled);
        foreach (var handler in node.Handlers)
            CompileHandler(handler, slot, end);
        Close(handled);
        code.Emit(Opcode.Reraise, slot);
        code.Mark(end);
        Release(slot);
    }

    private void CompileHandler(Handler handler, int slot, Label end)
    {
        var skip = new Label();
        code.Position = handler.Position;
        if (handler.Type is not null)
        {
            code.Emit(Opcode.LoadTemp, slot);
            Compile(handler.Type);
            code.Emit(Opcode.MatchException);
            code.Jump(Opcode.JumpIfFalse, skip);
        }

        if (handler.Name is not null)
        {
            code.Emit(Opcode.LoadTemp, slot);
            Store(handler.Name);
        }

        CompileAll(handler.Body);
        if (handler.Name is not null)
        {
            // The name is unbound afterwards; storing first makes that hold when the body deleted it.
            Constant(null);
            Store(handler.Name);
            Delete(handler.Name);
        }

        code.Jump(Opcode.Jump, end);
        code.Mark(skip);
    }

    private void CompileWith(WithStmt node)
    {
        var end = new Label();
        int manager = Temp(), error = Temp();
        Compile(node.Context);
        code.Position = node.Position;
        code.Emit(Opcode.WithEnter, manager);
        var block = new Block { Handler = new Label(), HandlerSlot = error, Leave = () => code.Emit(Opcode.WithExit, manager) };
        Open(block);
        if (node.Target is null)
            code.Emit(Opcode.Pop);
        else
            CompileStore(node.Target);
        CompileAll(node.Body);
        Close(block);
        code.Position = node.Position;
        code.Emit(Opcode.WithExit, manager);
        code.Jump(Opcode.Jump, end);
        code.Mark(block.Handler!);
        code.Emit(Opcode.WithExitError, manager, error);
        code.Jump(Opcode.JumpIfTrue, end);
        code.Emit(Opcode.Reraise, error);
        code.Mark(end);
        Release(manager);
        Release(error);
    }

    private void CompileRaise(RaiseStmt node)
    {
        if (node.Exception is null)
        {
            var handled = blocks.FindLast(b => b.HandledSlot >= 0);
            if (handled is null)
                code.Emit(Opcode.RaiseBare);
            else
                code.Emit(Opcode.Reraise, handled.HandledSlot);
            return;
        }

        Compile(node.Exception);
        if (node.Cause is not null)
            Compile(node.Cause);
        code.Position = node.Position;
        code.Emit(Opcode.Raise, node.Cause is null ? 1 : 2);
    }
}
