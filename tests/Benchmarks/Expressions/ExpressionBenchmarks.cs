using BenchmarkDotNet.Attributes;
using Postern.Expressions;

namespace Postern.Tests.Benchmarks.Expressions;

/// <summary>Running and compiling common expressions; policies.py beside it measures the same in CPython.</summary>
[MemoryDiagnoser]
public class ExpressionBenchmarks
{
    private Script script = null!;
    private ScriptScope scope = null!;

    [ParamsSource(nameof(Names))]
    public string Name { get; set; } = "";

    public static IEnumerable<string> Names => PolicySnippets.All.Keys;

    [GlobalSetup]
    public void Prepare()
    {
        script = Script.Compile(PolicySnippets.All[Name]).Script!;
        scope = PolicySnippets.Scope();
    }

    [Benchmark]
    public object? Run() => script.Run(scope).Value;
}

/// <summary>Parsing and compiling a policy of twenty lines.</summary>
[MemoryDiagnoser]
public class CompileBenchmarks
{
    [Benchmark]
    public Script? Compile() => Script.Compile(PolicySnippets.TwentyLines).Script;
}
