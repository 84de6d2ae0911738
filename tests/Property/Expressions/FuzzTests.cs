using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using Postern.Expressions;

namespace Postern.Tests.Property.Expressions;

/// <summary>Whatever the source, compiling and running end in an outcome: no crash, no hang, no defect.</summary>
[Trait("Fault", "F19")]
public sealed class FuzzTests
{
    private static readonly ScriptRun Run = new() { Budget = new ScriptBudget { Steps = 200_000, AllocatedBytes = 8 * 1024 * 1024, WallTime = TimeSpan.FromSeconds(2) } };

    private static void Survives(string source)
    {
        var compilation = Script.Compile(source);
        ScriptChecker.Check(source, new ScriptCheckOptions()).ShouldNotBeNull();
        if (!compilation.Succeeded)
        {
            compilation.Diagnostics[0].Line.ShouldBeGreaterThan(0, source);
            compilation.Diagnostics[0].Column.ShouldBeGreaterThan(0, source);
            return;
        }

        var outcome = compilation.Script.Run(new ScriptScope().Set("x", 1).Set("y", "text").Set("z", new ScriptList([1, 2])), Run, TestContext.Current.CancellationToken);
        if (outcome.Error?.Fault is { } fault)
            throw new InvalidOperationException("defect in:\n" + source, fault);
        if (outcome.Error is { } error)
            error.TypeName.ShouldNotBeEmpty(source);
        else
            ScriptValue.ToJson(outcome.Value, 200);
    }

    private static void Fuzz(Gen<string> sources)
    {
        var start = Fuzzing.Seed();
        foreach (var i in Fuzzing.Inputs(10))
        {
            foreach (var source in sources.Sample(200, new Rnd(start + (ulong)i), 50))
            {
                TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
                try
                {
                    Survives(source);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    throw new InvalidOperationException("failed on:\n" + source, e);
                }
            }
        }
    }

    [Fact]
    public void Scripts_by_the_grammar_end_in_an_outcome() => Fuzz(ScriptGenerator.Block(8));

    [Fact]
    public void Damaged_scripts_end_in_an_outcome() => Fuzz(ScriptGenerator.Damaged());

    [Fact]
    public void Noise_ends_in_an_outcome() => Fuzz(ScriptGenerator.Noise());

    [Fact]
    public void Integers_behave_as_in_mathematics() => Prop.ForAll<long, long>((a, b) =>
    {
        var scope = new ScriptScope().Set("a", a).Set("b", b);
        var script = Script.Compile("return a + b, a - b, a * b, (a // b, a % b) if b else None, a < b, -a, a & b, a | b, a ^ b").Script!;
        var items = ((ScriptTuple)script.Run(scope, cancellationToken: TestContext.Current.CancellationToken).Value!).Items.ToArray();
        System.Numerics.BigInteger Big(object? value) => value is long l ? l : (System.Numerics.BigInteger)value!;
        System.Numerics.BigInteger x = a, y = b;
        Big(items[0]).ShouldBe(x + y);
        Big(items[1]).ShouldBe(x - y);
        Big(items[2]).ShouldBe(x * y);
        if (b != 0)
        {
            var pair = (ScriptTuple)items[3]!;
            ((Big(pair[0]) * y) + Big(pair[1])).ShouldBe(x);
            System.Numerics.BigInteger.Abs(Big(pair[1])).ShouldBeLessThan(System.Numerics.BigInteger.Abs(y));
            (Big(pair[1]).IsZero || Big(pair[1]).Sign == y.Sign).ShouldBeTrue();
        }

        items[4].ShouldBe(a < b);
        Big(items[5]).ShouldBe(-x);
        Big(items[6]).ShouldBe(x & y);
        Big(items[7]).ShouldBe(x | y);
        Big(items[8]).ShouldBe(x ^ y);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Repr_reads_back_as_the_same_text() => Prop.ForAll<string>(text =>
    {
        text ??= "";
        var valid = new string(text.Where(c => !char.IsSurrogate(c)).ToArray());
        Script.Compile("return " + ScriptValue.Represent(valid)).Script!.Run(new ScriptScope(), cancellationToken: TestContext.Current.CancellationToken).Value.ShouldBe(valid);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Floats_read_back_as_the_same_float() => Prop.ForAll<double>(number =>
    {
        if (!double.IsFinite(number))
            return;
        var value = Script.Compile($"return float('{ScriptValue.Represent(number)}')").Script!.Run(new ScriptScope(), cancellationToken: TestContext.Current.CancellationToken).Value;
        value.ShouldBe(number);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Json_reads_back_what_it_wrote() => Prop.ForAll<string, long, double>((text, integer, number) =>
    {
        var scope = new ScriptScope().Set("v", new Dictionary<string, object?>(StringComparer.Ordinal) { ["t"] = new string((text ?? "").Where(c => !char.IsSurrogate(c)).ToArray()), ["i"] = integer, ["f"] = double.IsFinite(number) ? number : 0 });
        Script.Compile("import json\nreturn json.loads(json.dumps(v)) == v").Script!.Run(scope, cancellationToken: TestContext.Current.CancellationToken).Value.ShouldBe(true);
    }).QuickCheckThrowOnFailure();
}
