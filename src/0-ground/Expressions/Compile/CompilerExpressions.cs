namespace Postern.Expressions;

internal sealed partial class Compiler
{
    private void Compile(Expr expr)
    {
        code.Position = expr.Position;
        switch (expr)
        {
            case ConstantExpr e: Constant(e.Value); break;
            case NameExpr e: Load(e.Name); break;
            case AttributeExpr e: CompileAttribute(e); break;
            case SubscriptExpr e: CompileSubscript(e); break;
            case SliceExpr e: CompileSlice(e); break;
            case CallExpr e: CompileCall(e); break;
            case UnaryExpr e: CompileUnary(e); break;
            case BinaryExpr e: CompileBinary(e); break;
            case CompareExpr e: CompileCompare(e); break;
            case LogicalExpr e: CompileLogical(e); break;
            case ConditionalExpr e: CompileConditional(e); break;
            case SequenceExpr e: CompileSequence(e); break;
            case DictExpr e: CompileDict(e); break;
            case AssignmentExpr e: CompileWalrus(e); break;
            case YieldExpr e: CompileYield(e); break;
            case FormattedExpr e: CompileFormatted(e); break;
            case LambdaExpr e: CompileLambda(e); break;
            case ComprehensionExpr e: CompileComprehension(e); break;
            case StarredExpr e: throw new SyntaxFault("can't use starred expression here", e.Position);
            default: throw new InvalidOperationException("unknown expression node");
        }
    }

    private void CompileAttribute(AttributeExpr node)
    {
        Compile(node.Target);
        code.Position = node.Position;
        code.Emit(Opcode.LoadAttribute, code.Constant(new Site(node.Name)));
    }

    private void CompileSubscript(SubscriptExpr node)
    {
        Compile(node.Target);
        Compile(node.Index);
        code.Position = node.Position;
        code.Emit(Opcode.LoadItem);
    }

    private void CompileSlice(SliceExpr node)
    {
        foreach (var part in (ReadOnlySpan<Expr?>)[node.Lower, node.Upper, node.Step])
        {
            if (part is null)
                Constant(null);
            else
                Compile(part);
        }

        code.Emit(Opcode.BuildSlice, 3);
    }

    private void CompileUnary(UnaryExpr node)
    {
        if (Fold(node) is { } folded)
        {
            Constant(folded);
            return;
        }

        Compile(node.Operand);
        code.Position = node.Position;
        code.Emit(Opcode.Unary, (int)node.Operator);
    }

    private static object? Fold(UnaryExpr node) => (node.Operator, (node.Operand as ConstantExpr)?.Value) switch
    {
        (UnaryOperator.Negative, long and not long.MinValue and var i) => -(long)i,
        (UnaryOperator.Negative, double d) => -d,
        _ => null,
    };

    private void CompileBinary(BinaryExpr node)
    {
        Compile(node.Left);
        Compile(node.Right);
        code.Position = node.Position;
        code.Emit(Opcode.Binary, (int)node.Operator);
    }

    private void CompileCompare(CompareExpr node)
    {
        Compile(node.First);
        if (node.Rest.Count == 1)
        {
            CompileOperand(node.Rest[0]);
            code.Position = node.Position;
            code.Emit(Opcode.Compare, (int)node.Rest[0].Operator);
            return;
        }

        Label end = new(), cleanup = new();
        for (var i = 0; i < node.Rest.Count; i++)
        {
            CompileOperand(node.Rest[i]);
            var last = i == node.Rest.Count - 1;
            if (!last)
            {
                // a b -> b (a op b): the middle operand is evaluated once and kept for the next link.
                code.Emit(Opcode.Copy, 1);
                code.Emit(Opcode.RotateThree, 1);
            }

            code.Position = node.Position;
            code.Emit(Opcode.Compare, (int)node.Rest[i].Operator);
            if (!last)
                code.Jump(Opcode.JumpIfFalseOrPop, cleanup);
        }

        code.Jump(Opcode.Jump, end);
        code.Mark(cleanup);
        code.Emit(Opcode.Swap);
        code.Emit(Opcode.Pop);
        code.Mark(end);
    }

    private void CompileOperand((CompareOperator Operator, Expr Value) operand)
    {
        // A list of literals that is only searched need not be built each time.
        if (operand.Operator is CompareOperator.In or CompareOperator.NotIn
            && operand.Value is SequenceExpr { Kind: SequenceKind.List } list && list.Items.All(i => i is ConstantExpr))
            Constant(new ScriptTuple(list.Items.Select(i => ((ConstantExpr)i).Value).ToArray()));
        else
            Compile(operand.Value);
    }

    private void CompileLogical(LogicalExpr node)
    {
        var end = new Label();
        for (var i = 0; i < node.Values.Count; i++)
        {
            Compile(node.Values[i]);
            if (i < node.Values.Count - 1)
                code.Jump(node.IsAnd ? Opcode.JumpIfFalseOrPop : Opcode.JumpIfTrueOrPop, end);
        }

        code.Mark(end);
    }

    private void CompileConditional(ConditionalExpr node)
    {
        Label otherwise = new(), end = new();
        CompileJump(node.Test, jumpIf: false, otherwise);
        Compile(node.Then);
        code.Jump(Opcode.Jump, end);
        code.Mark(otherwise);
        Compile(node.Otherwise);
        code.Mark(end);
    }

    /// <summary>Compiles a condition straight to jumps, without building its value.</summary>
    private void CompileJump(Expr test, bool jumpIf, Label target)
    {
        switch (test)
        {
            case UnaryExpr { Operator: UnaryOperator.Not } not:
                CompileJump(not.Operand, !jumpIf, target);
                return;
            case LogicalExpr logical when logical.IsAnd != jumpIf:
                foreach (var value in logical.Values)
                    CompileJump(value, jumpIf, target);
                return;
            case LogicalExpr logical:
                var skip = new Label();
                for (var i = 0; i < logical.Values.Count - 1; i++)
                    CompileJump(logical.Values[i], !jumpIf, skip);
                CompileJump(logical.Values[^1], jumpIf, target);
                code.Mark(skip);
                return;
            default:
                Compile(test);
                code.Jump(jumpIf ? Opcode.JumpIfTrue : Opcode.JumpIfFalse, target);
                return;
        }
    }

    private void CompileWalrus(AssignmentExpr node)
    {
        Compile(node.Value);
        code.Emit(Opcode.Copy, 1);
        // The target is a name of the function around a comprehension, never the comprehension's own.
        Store(node.Target.Name);
    }

    private void CompileYield(YieldExpr node)
    {
        if (!node.IsFrom)
        {
            if (node.Value is null)
                Constant(null);
            else
                Compile(node.Value);
            code.Emit(Opcode.Yield);
            return;
        }

        Label top = new(), end = new();
        Compile(node.Value!);
        code.Emit(Opcode.GetIterator);
        var iterator = Temp();
        code.Emit(Opcode.StoreTemp, iterator);
        code.Mark(top);
        code.Jump(Opcode.ForNext, end, iterator);
        code.Emit(Opcode.Yield);
        code.Emit(Opcode.Pop);
        code.Jump(Opcode.Jump, top);
        code.Mark(end);
        Release(iterator);
        Constant(null);
    }

    private void CompileFormatted(FormattedExpr node)
    {
        foreach (var part in node.Parts)
        {
            if (part is string text)
            {
                Constant(text);
                continue;
            }

            var field = (FormatPart)part;
            Compile(field.Value);
            if (field.Spec is not null)
                CompileFormatted(field.Spec);
            code.Position = field.Value.Position;
            code.Emit(Opcode.Format, field.Conversion, field.Spec is null ? 0 : 1);
        }

        if (node.Parts.Count != 1)
            code.Emit(Opcode.BuildString, node.Parts.Count);
    }
}
