namespace Postern.Expressions;

internal sealed partial class Compiler
{
    private void CompileAll(IReadOnlyList<Stmt> body)
    {
        foreach (var statement in body)
            Compile(statement);
    }

    private void Compile(Stmt statement)
    {
        code.Position = statement.Position;
        switch (statement)
        {
            case ExprStmt s: CompileExpression(s); break;
            case AssignStmt s: CompileAssign(s); break;
            case AugmentedStmt s: CompileAugmented(s); break;
            case IfStmt s: CompileIf(s); break;
            case WhileStmt s: CompileWhile(s); break;
            case ForStmt s: CompileFor(s); break;
            case BreakStmt: CompileLoopExit(isBreak: true); break;
            case ContinueStmt: CompileLoopExit(isBreak: false); break;
            case ReturnStmt s: CompileReturn(s); break;
            case RaiseStmt s: CompileRaise(s); break;
            case TryStmt s: CompileTry(s); break;
            case WithStmt s: CompileWith(s); break;
            case DeleteStmt s: foreach (var target in s.Targets) CompileDelete(target); break;
            case AssertStmt s: CompileAssert(s); break;
            case ImportStmt s: CompileImport(s); break;
            case FromStmt s: CompileFrom(s); break;
            case FunctionStmt s: CompileFunction(s); break;
            case MatchStmt s: CompileMatch(s); break;
        }
    }

    private void CompileExpression(ExprStmt node)
    {
        if (node.Value is ConstantExpr)
            return;
        Compile(node.Value);
        code.Emit(Opcode.Pop);
    }

    private void CompileAssign(AssignStmt node)
    {
        Compile(node.Value);
        for (var i = 0; i < node.Targets.Count; i++)
        {
            if (i < node.Targets.Count - 1)
                code.Emit(Opcode.Copy, 1);
            CompileStore(node.Targets[i]);
        }
    }

    private void CompileStore(Expr target)
    {
        code.Position = target.Position;
        switch (target)
        {
            case NameExpr e:
                Store(e.Name);
                break;
            case AttributeExpr e:
                Compile(e.Target);
                code.Position = e.Position;
                code.Emit(Opcode.StoreAttribute, code.Constant(e.Name));
                break;
            case SubscriptExpr e:
                Compile(e.Target);
                Compile(e.Index);
                code.Position = e.Position;
                code.Emit(Opcode.StoreItem);
                break;
            case SequenceExpr e:
                CompileUnpack(e);
                break;
        }
    }

    private void CompileUnpack(SequenceExpr targets)
    {
        var star = -1;
        for (var i = 0; i < targets.Items.Count; i++)
        {
            if (targets.Items[i] is StarredExpr)
                star = i;
        }

        if (star < 0)
            code.Emit(Opcode.UnpackSequence, targets.Items.Count);
        else
            code.Emit(Opcode.UnpackStar, star, targets.Items.Count - star - 1);
        foreach (var item in targets.Items)
            CompileStore(item is StarredExpr starred ? starred.Value : item);
    }

    private void CompileAugmented(AugmentedStmt node)
    {
        switch (node.Target)
        {
            case NameExpr e:
                Load(e.Name);
                Compile(node.Value);
                code.Position = node.Position;
                code.Emit(Opcode.InPlace, (int)node.Operator);
                Store(e.Name);
                break;
            case AttributeExpr e:
                Compile(e.Target);
                code.Emit(Opcode.Copy, 1);
                code.Emit(Opcode.LoadAttribute, code.Constant(new Site(e.Name)));
                Compile(node.Value);
                code.Position = node.Position;
                code.Emit(Opcode.InPlace, (int)node.Operator);
                code.Emit(Opcode.Swap);
                code.Emit(Opcode.StoreAttribute, code.Constant(e.Name));
                break;
            case SubscriptExpr e:
                Compile(e.Target);
                Compile(e.Index);
                code.Emit(Opcode.Copy, 2);
                code.Emit(Opcode.Copy, 2);
                code.Position = e.Position;
                code.Emit(Opcode.LoadItem);
                Compile(node.Value);
                code.Position = node.Position;
                code.Emit(Opcode.InPlace, (int)node.Operator);
                code.Emit(Opcode.RotateThree);
                code.Emit(Opcode.StoreItem);
                break;
        }
    }

    private void CompileDelete(Expr target)
    {
        code.Position = target.Position;
        switch (target)
        {
            case NameExpr e:
                Delete(e.Name);
                break;
            case AttributeExpr e:
                Compile(e.Target);
                code.Emit(Opcode.DeleteAttribute, code.Constant(e.Name));
                break;
            case SubscriptExpr e:
                Compile(e.Target);
                Compile(e.Index);
                code.Emit(Opcode.DeleteItem);
                break;
        }
    }

    private void CompileIf(IfStmt node)
    {
        var end = new Label();
        for (var i = 0; i < node.Branches.Count; i++)
        {
            var (test, body) = node.Branches[i];
            var skip = new Label();
            CompileJump(test, jumpIf: false, skip);
            CompileAll(body);
            if (i < node.Branches.Count - 1 || node.Otherwise.Count > 0)
                code.Jump(Opcode.Jump, end);
            code.Mark(skip);
        }

        CompileAll(node.Otherwise);
        code.Mark(end);
    }

    private void CompileWhile(WhileStmt node)
    {
        Label top = new(), end = new(), otherwise = new();
        code.Mark(top);
        CompileJump(node.Test, jumpIf: false, otherwise);
        var loop = new Block { Break = end, Continue = top };
        Open(loop);
        CompileAll(node.Body);
        Close(loop);
        code.Jump(Opcode.Jump, top);
        code.Mark(otherwise);
        CompileAll(node.Otherwise);
        code.Mark(end);
    }

    private void CompileFor(ForStmt node)
    {
        Label top = new(), end = new(), otherwise = new();
        Compile(node.Iterable);
        code.Position = node.Iterable.Position;
        code.Emit(Opcode.GetIterator);
        var iterator = Temp();
        code.Emit(Opcode.StoreTemp, iterator);
        code.Mark(top);
        code.Position = node.Position;
        code.Jump(Opcode.ForNext, otherwise, iterator);
        CompileStore(node.Target);
        var loop = new Block { Break = end, Continue = top };
        Open(loop);
        CompileAll(node.Body);
        Close(loop);
        code.Jump(Opcode.Jump, top);
        code.Mark(otherwise);
        Release(iterator);
        CompileAll(node.Otherwise);
        code.Mark(end);
    }

    private void CompileAssert(AssertStmt node)
    {
        var passed = new Label();
        CompileJump(node.Test, jumpIf: true, passed);
        Constant(ExceptionTypes.AssertionError);
        if (node.Message is not null)
            Compile(node.Message);
        code.Position = node.Position;
        code.Emit(Opcode.Call, node.Message is null ? 0 : 1);
        code.Emit(Opcode.Raise, 1);
        code.Mark(passed);
    }

    private void CompileImport(ImportStmt node)
    {
        foreach (var module in node.Modules)
        {
            // `import a.b` binds `a`, and `import a.b as c` binds `a.b`.
            var root = module.Name.Split('.')[0];
            code.Emit(Opcode.ImportName, code.Constant(module.Name), module.Alias is null ? 1 : 0);
            Store(module.Alias ?? root);
        }
    }

    private void CompileFrom(FromStmt node)
    {
        code.Emit(Opcode.ImportName, code.Constant(node.Module), 0);
        foreach (var item in node.Names)
        {
            code.Position = item.Position;
            code.Emit(Opcode.ImportFrom, code.Constant(item.Name), code.Constant(node.Module));
            Store(item.Alias ?? item.Name);
        }

        code.Emit(Opcode.Pop);
    }
}
