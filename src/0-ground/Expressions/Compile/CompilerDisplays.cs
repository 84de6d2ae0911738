namespace Postern.Expressions;

internal sealed partial class Compiler
{
    private void CompileSequence(SequenceExpr node)
    {
        if (node.Kind == SequenceKind.Tuple && node.Items.All(i => i is ConstantExpr))
        {
            Constant(new ScriptTuple(node.Items.Select(i => ((ConstantExpr)i).Value).ToArray()));
            return;
        }

        if (node.Items.Any(i => i is StarredExpr))
        {
            CompileSpread(node);
            return;
        }

        foreach (var item in node.Items)
            Compile(item);
        code.Position = node.Position;
        code.Emit(
            node.Kind switch { SequenceKind.List => Opcode.BuildList, SequenceKind.Set => Opcode.BuildSet, _ => Opcode.BuildTuple },
            node.Items.Count);
    }

    private void CompileSpread(SequenceExpr node)
    {
        code.Emit(Opcode.BuildList);
        foreach (var item in node.Items)
        {
            Compile(item is StarredExpr starred ? starred.Value : item);
            code.Emit(item is StarredExpr ? Opcode.ListExtend : Opcode.ListAppend);
        }

        if (node.Kind == SequenceKind.Tuple)
            code.Emit(Opcode.ListToTuple);
        if (node.Kind != SequenceKind.Set)
            return;
        code.Emit(Opcode.BuildSet);
        code.Emit(Opcode.Swap);
        code.Emit(Opcode.SetUpdate);
    }

    private void CompileDict(DictExpr node)
    {
        if (Template(node) is { } template)
        {
            foreach (var (_, value) in node.Items)
                Compile(value);
            code.Position = node.Position;
            code.Emit(Opcode.BuildKeyed, code.Constant(template), node.Items.Count);
            return;
        }

        if (node.Items.All(i => i.Key is not null))
        {
            foreach (var (key, value) in node.Items)
            {
                Compile(key!);
                Compile(value);
            }

            code.Position = node.Position;
            code.Emit(Opcode.BuildDict, node.Items.Count);
            return;
        }

        code.Emit(Opcode.BuildDict);
        foreach (var (key, value) in node.Items)
        {
            if (key is not null)
                Compile(key);
            Compile(value);
            code.Emit(key is null ? Opcode.DictUpdate : Opcode.DictPut);
        }
    }

    /// <summary>The keys of a dict whose keys are all known and different strings; null for other dicts.</summary>
    private static KeyTable? Template(DictExpr node)
    {
        if (node.Items.Count == 0)
            return null;
        var table = new KeyTable(node.Items.Count);
        return node.Items.All(i => i.Key is ConstantExpr { Value: string key } && table.Set(key, null)) ? table : null;
    }

    private void CompileCall(CallExpr node)
    {
        var arguments = node.Arguments;
        if (arguments.All(a => a.Kind == ArgumentKind.Positional) && node.Function is AttributeExpr method)
        {
            Compile(method.Target);
            code.Position = method.Position;
            code.Emit(Opcode.LoadMethod, code.Constant(new Site(method.Name)));
            foreach (var argument in arguments)
                Compile(argument.Value);
            code.Position = node.Position;
            code.Emit(Opcode.CallMethod, arguments.Count);
            return;
        }

        Compile(node.Function);
        if (arguments.Any(a => a.Kind is ArgumentKind.Star or ArgumentKind.DoubleStar))
        {
            CompileSpreadArguments(node);
            return;
        }

        foreach (var argument in arguments)
            Compile(argument.Value);
        code.Position = node.Position;
        var names = arguments.Where(a => a.Kind == ArgumentKind.Keyword).Select(a => a.Name!).ToArray();
        if (names.Length == 0)
            code.Emit(Opcode.Call, arguments.Count);
        else
            code.Emit(Opcode.CallKeywords, arguments.Count, code.Constant(names));
    }

    private void CompileSpreadArguments(CallExpr node)
    {
        code.Emit(Opcode.BuildList);
        foreach (var argument in node.Arguments.Where(a => a.Kind is ArgumentKind.Positional or ArgumentKind.Star))
        {
            Compile(argument.Value);
            code.Emit(argument.Kind == ArgumentKind.Star ? Opcode.ListExtend : Opcode.ListAppend, argument.Kind == ArgumentKind.Star ? 1 : 0);
        }

        code.Emit(Opcode.BuildDict);
        foreach (var argument in node.Arguments.Where(a => a.Kind is ArgumentKind.Keyword or ArgumentKind.DoubleStar))
        {
            if (argument.Kind == ArgumentKind.Keyword)
            {
                Constant(argument.Name);
                Compile(argument.Value);
                code.Emit(Opcode.BuildDict, 1);
            }
            else
                Compile(argument.Value);
            code.Emit(Opcode.DictMerge);
        }

        code.Position = node.Position;
        code.Emit(Opcode.CallSpread);
    }

    private void CompileComprehension(ComprehensionExpr node)
    {
        if (node.Kind == ComprehensionKind.Generator)
        {
            CompileGenerator(node);
            return;
        }

        Compile(node.Clauses[0].Iterable);
        code.Emit(Opcode.GetIterator);
        var outer = scope;
        scope = node.Scope!;
        var result = Temp();
        foreach (var symbol in scope.Symbols.Values)
        {
            symbol.Slot = NewSlot(symbol.Name);
            if (symbol.IsCaptured)
                code.Emit(Opcode.MakeCell, symbol.Slot, 1);
        }

        code.Emit(node.Kind switch
        {
            ComprehensionKind.List => Opcode.BuildList,
            ComprehensionKind.Set => Opcode.BuildSet,
            _ => Opcode.BuildDict,
        });
        code.Emit(Opcode.StoreTemp, result);
        CompileClauses(node, 0, result);
        code.Emit(Opcode.LoadTemp, result);
        Release(result);
        scope = outer;
    }

    /// <summary>Emits the loops of a comprehension; the first iterator is on the stack.</summary>
    private void CompileClauses(ComprehensionExpr node, int index, int result)
    {
        Label top = new(), end = new();
        var clause = node.Clauses[index];
        if (index > 0)
        {
            Compile(clause.Iterable);
            code.Emit(Opcode.GetIterator);
        }

        var iterator = Temp();
        code.Emit(Opcode.StoreTemp, iterator);
        code.Mark(top);
        code.Position = clause.Target.Position;
        code.Jump(Opcode.ForNext, end, iterator);
        CompileStore(clause.Target);
        foreach (var condition in clause.Conditions)
            CompileJump(condition, jumpIf: false, top);
        if (index < node.Clauses.Count - 1)
            CompileClauses(node, index + 1, result);
        else
            CompileElement(node, result);
        code.Jump(Opcode.Jump, top);
        code.Mark(end);
        Release(iterator);
    }

    private void CompileElement(ComprehensionExpr node, int result)
    {
        Compile(node.Element);
        if (node.Value is not null)
            Compile(node.Value);
        if (node.Kind == ComprehensionKind.Generator)
        {
            code.Emit(Opcode.Yield);
            code.Emit(Opcode.Pop);
            return;
        }

        code.Emit(
            node.Kind switch { ComprehensionKind.List => Opcode.AppendTemp, ComprehensionKind.Set => Opcode.AddTemp, _ => Opcode.PutTemp },
            result);
    }
}
