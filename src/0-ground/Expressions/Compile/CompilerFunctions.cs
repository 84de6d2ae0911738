namespace Postern.Expressions;

internal sealed partial class Compiler
{
    private void CompileFunction(FunctionStmt node)
    {
        foreach (var decorator in node.Decorators)
            Compile(decorator);
        var inner = new Compiler(node.Name, node.Scope!, globals);
        inner.Prologue(Ordered(node.Parameters));
        inner.CompileAll(node.Body);
        inner.ReturnNone();
        Make(inner, node.Parameters);
        foreach (var _ in node.Decorators)
            code.Emit(Opcode.Call, 1);
        code.Position = node.Position;
        Store(node.Name);
    }

    private void CompileLambda(LambdaExpr node)
    {
        var inner = new Compiler("<lambda>", node.Scope!, globals);
        inner.Prologue(Ordered(node.Parameters));
        inner.Compile(node.Body);
        inner.code.Emit(Opcode.Return);
        Make(inner, node.Parameters);
    }

    private void CompileGenerator(ComprehensionExpr node)
    {
        var inner = new Compiler("<genexpr>", node.Scope!, globals);
        var source = inner.NewSlot("");
        inner.Prologue([]);
        inner.code.Position = node.Position;
        inner.code.Emit(Opcode.LoadTemp, source);
        inner.CompileClauses(node, 0, -1);
        inner.ReturnNone();
        var captures = Captures(node.Scope!);
        var compiled = inner.Finish(new Parameters([".0"], 1, 1, 0, false, false), captures);
        code.Emit(Opcode.MakeFunction, code.Constant(compiled));
        Compile(node.Clauses[0].Iterable);
        code.Emit(Opcode.GetIterator);
        code.Emit(Opcode.Call, 1);
    }

    /// <summary>Parameters in slot order: positional, keyword-only, then the starred ones.</summary>
    private static List<Parameter> Ordered(IReadOnlyList<Parameter> parameters) =>
        parameters.OrderBy(p => p.Kind switch
        {
            ParameterKind.PositionalOnly or ParameterKind.Normal => 0,
            ParameterKind.KeywordOnly => 1,
            ParameterKind.Star => 2,
            _ => 3,
        }).ToList();

    private void Make(Compiler inner, IReadOnlyList<Parameter> parameters)
    {
        var flags = 0;
        var positional = parameters.Where(p => p.Kind is ParameterKind.PositionalOnly or ParameterKind.Normal).ToList();
        var defaults = positional.Where(p => p.Default is not null).ToList();
        var keywords = parameters.Where(p => p.Kind == ParameterKind.KeywordOnly && p.Default is not null).ToList();
        if (defaults.Count > 0)
        {
            flags |= 1;
            foreach (var parameter in defaults)
                Compile(parameter.Default!);
            code.Emit(Opcode.BuildTuple, defaults.Count);
        }

        if (keywords.Count > 0)
        {
            flags |= 2;
            foreach (var parameter in keywords)
            {
                Constant(parameter.Name);
                Compile(parameter.Default!);
            }

            code.Emit(Opcode.BuildDict, keywords.Count);
        }

        var shape = new Parameters(
            Ordered(parameters).Select(p => p.Name).ToArray(),
            parameters.Count(p => p.Kind == ParameterKind.PositionalOnly),
            positional.Count,
            parameters.Count(p => p.Kind == ParameterKind.KeywordOnly),
            parameters.Any(p => p.Kind == ParameterKind.Star),
            parameters.Any(p => p.Kind == ParameterKind.DoubleStar));
        code.Emit(Opcode.MakeFunction, code.Constant(inner.Finish(shape, Captures(inner.function))), flags);
    }

    private CaptureSource[] Captures(Scope inner) => inner.Free
        .Select(symbol => symbol.Scope.Owner == function
            ? new CaptureSource(FromSlot: true, symbol.Slot)
            : new CaptureSource(FromSlot: false, function.Free.IndexOf(symbol)))
        .ToArray();
}
